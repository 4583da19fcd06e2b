namespace SpexStream.Pipeline.Sharing;

/// <summary>What one scene has at this node's devices, and what is on its way back to it: counted from the moment it
/// left the board, so that nobody fetches more meanwhile. Safe for use from several threads.</summary>
/// <param name="node">All of the node.</param>
internal sealed class SceneLoad(DeviceLoad node)
{
    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _comingBack = [];
    private int _atDevices;
    private bool _isBusy;
    private bool _hasEnded;

    /// <summary>How many tiles of the scene are at the devices now, and whether it has any for them.</summary>
    public void Set(int atDevices, bool isBusy) => Change(() => (_atDevices, _isBusy) = (atDevices, isBusy));

    /// <summary>Tiles come back from the board.</summary>
    public void Expect(IEnumerable<UInt128> numbers) => Change(() => _comingBack.UnionWith(numbers));

    /// <summary>The scene has one that came back.</summary>
    public void Came(UInt128 number) => Change(() => _comingBack.Remove(number));

    /// <summary>The scene is over: it has nothing any more.</summary>
    public void End() => Change(() =>
    {
        _comingBack.Clear();
        (_atDevices, _isBusy, _hasEnded) = (0, false, true);
    });

    private void Change(Action change)
    {
        lock (_lock)
        {
            if (_hasEnded)
            {
                return;
            }

            var (tiles, scenes) = Weight;
            change();
            node.Add(Weight.Tiles - tiles, Weight.Scenes - scenes);
        }
    }

    private (int Tiles, int Scenes) Weight => (_atDevices + _comingBack.Count, _isBusy ? 1 : 0);
}
