namespace SpexStream.Pipeline.Leases;

/// <summary>Wakes whoever waits. Safe for several threads; continuations run elsewhere.</summary>
internal sealed class Bell
{
    private TaskCompletionSource _next = NewSource();

    /// <summary>Ends at the next ring; taken before one looks, so that none is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Ring() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
