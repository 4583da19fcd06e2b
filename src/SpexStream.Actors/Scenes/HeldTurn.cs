namespace SpexStream.Actors.Scenes;

/// <summary>The turn of a question: given back once, when its question is over at the latest, also when nobody is left
/// to take it.</summary>
internal sealed class HeldTurn : IDisposable
{
    private readonly CancellationTokenRegistration _over;
    private IDisposable? _turn;

    /// <summary>Holds a turn.</summary>
    /// <param name="turn">What was given; this one's own.</param>
    /// <param name="over">Requested when the question is answered, or nobody waits for its answer.</param>
    public HeldTurn(IDisposable turn, CancellationToken over)
    {
        _turn = turn;
        _over = over.Register(GiveBack);
    }

    public void Dispose()
    {
        _over.Unregister();
        GiveBack();
    }

    private void GiveBack() => Interlocked.Exchange(ref _turn, null)?.Dispose();
}
