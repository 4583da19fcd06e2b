namespace SpexStream.Domain.Ports.Journal;

/// <summary>Wakes whoever waits. Safe for several threads; continuations run elsewhere.</summary>
public sealed class Bell
{
    private TaskCompletionSource _next = NewSource();

    /// <summary>Ends at the next ring; taken before one looks, so that none is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Wakes those who wait now; whoever comes later waits for the next ring.</summary>
    public void Ring() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
