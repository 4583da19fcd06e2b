namespace SpexStream.Daemon.Commands.Input;

/// <summary>A longest time, which ends a verb with an exit code of its own.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _asked;

    /// <param name="longest">Null for none.</param>
    /// <param name="asked">Ends the verb, too, in another way.</param>
    public TimeLimit(TimeSpan? longest, CancellationToken asked)
    {
        _limit = longest is { } time
            ? new CancellationTokenSource(time, TimeProvider.System)
            : new CancellationTokenSource();
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, asked);
        _asked = asked;
    }

    /// <summary>Cancelled when the time is up or the verb shall end.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Whether it is the time that ended the verb.</summary>
    public bool IsUp => _limit.IsCancellationRequested && !_asked.IsCancellationRequested;

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
