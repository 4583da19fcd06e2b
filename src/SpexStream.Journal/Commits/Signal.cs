namespace SpexStream.Journal.Commits;

/// <summary>Tells those who wait for the outbox that something was added. Safe for several threads.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = NewSource();

    /// <summary>Ends at the next <see cref="Raise"/> after this was asked for.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, NewSource()).SetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
