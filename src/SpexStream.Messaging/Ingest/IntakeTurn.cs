namespace SpexStream.Messaging.Ingest;

/// <summary>The turn of one arrival among the few that are worked on at once; held from the beginning. Belongs to one
/// flow of work.</summary>
internal sealed class IntakeTurn(SemaphoreSlim turns) : IDisposable
{
    private bool _isHeld = true;

    /// <summary>Waits without the turn, which others have meanwhile.</summary>
    /// <exception cref="OperationCanceledException">Given up; the turn is not held.</exception>
    public async Task WaitOutsideAsync(Task wait, CancellationToken cancellation)
    {
        Dispose();
        await wait;
        await turns.WaitAsync(cancellation);
        _isHeld = true;
    }

    /// <summary>Ends the turn; a second call does nothing.</summary>
    public void Dispose()
    {
        if (_isHeld)
        {
            _isHeld = false;
            turns.Release();
        }
    }
}
