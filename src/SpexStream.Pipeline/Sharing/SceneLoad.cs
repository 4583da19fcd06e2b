namespace SpexStream.Pipeline.Sharing;

/// <summary>What one scene has for this node's devices, and what is on its way back to it: counted from the moment it
/// left the board, so that nobody fetches more meanwhile. Safe for use from several threads.</summary>
/// <param name="node">All of the node.</param>
internal sealed class SceneLoad(DeviceLoad node)
{
    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _comingBack = [];
    private int _atDevices;
    private int _waiting;
    private bool _hasEnded;

    /// <summary>How many tiles more the devices may have of the scene than it has for them.</summary>
    public int Room
    {
        get
        {
            lock (_lock)
            {
                return node.Devices.SceneTiles - Weight.Tiles - Weight.Waiting;
            }
        }
    }

    /// <summary>Whether tiles of the scene wait for the devices that may go there.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (_lock)
            {
                return Weight.Waiting > 0;
            }
        }
    }

    // What waits behind a scene's share of the devices does not help them.
    private (int Tiles, int Waiting, int Scenes) Weight =>
        (_atDevices + _comingBack.Count,
            Math.Clamp(node.Devices.SceneTiles - _atDevices - _comingBack.Count, 0, _waiting),
            _atDevices + _waiting > 0 ? 1 : 0);

    /// <summary>How many tiles of the scene are at the devices now, and how many wait for them.</summary>
    public void Set(int atDevices, int waiting) => Change(() => (_atDevices, _waiting) = (atDevices, waiting));

    /// <summary>A tile comes back from the board.</summary>
    public void Expect(UInt128 number) => Change(() => _comingBack.Add(number));

    /// <summary>The scene has one that came back.</summary>
    public void Came(UInt128 number) => Change(() => _comingBack.Remove(number));

    /// <summary>The scene is over: it has nothing any more, whatever is said later.</summary>
    public void End() => Change(() =>
    {
        _comingBack.Clear();
        (_atDevices, _waiting, _hasEnded) = (0, 0, true);
    });

    private void Change(Action change)
    {
        lock (_lock)
        {
            if (!_hasEnded)
            {
                var before = Weight;
                change();
                var now = Weight;
                node.Add(now.Tiles - before.Tiles, now.Waiting - before.Waiting, now.Scenes - before.Scenes);
            }
        }
    }
}
