namespace SpexStream.Journal.Postgres;

/// <summary>How long is waited before something is tried again: 10 ms, doubled each time, 2 s at most.</summary>
internal static class Backoff
{
    private const int LongestShift = 8;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest wait.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(2);

    /// <param name="attempt">How many attempts have failed one after the other.</param>
    public static TimeSpan After(int attempt)
    {
        var wait = First * (1 << Math.Clamp(attempt - 1, 0, LongestShift));
        return wait < Longest ? wait : Longest;
    }

    /// <summary>Waits on this thread; ends at once, without an error, when it is to stop.</summary>
    public static void Wait(int attempt, TimeProvider time, CancellationToken stop) => Wait(After(attempt), time, stop);

    /// <summary>The same, for as long as is said.</summary>
    public static void Wait(TimeSpan wait, TimeProvider time, CancellationToken stop) =>
        WaitAsync(wait, time, stop).GetAwaiter().GetResult();

    /// <inheritdoc cref="Wait(int, TimeProvider, CancellationToken)"/>
    public static Task WaitAsync(int attempt, TimeProvider time, CancellationToken stop) =>
        WaitAsync(After(attempt), time, stop);

    private static async Task WaitAsync(TimeSpan wait, TimeProvider time, CancellationToken stop) =>
        await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
