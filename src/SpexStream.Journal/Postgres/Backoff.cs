namespace SpexStream.Journal.Postgres;

/// <summary>How long is waited before something is tried again: 10 ms, doubled each time, 2 s at most.</summary>
internal static class Backoff
{
    private const int LongestShift = 8;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <param name="attempt">How many attempts have failed one after the other.</param>
    public static TimeSpan After(int attempt)
    {
        var wait = First * (1 << Math.Clamp(attempt - 1, 0, LongestShift));
        return wait < Longest ? wait : Longest;
    }

    /// <summary>Waits on this thread; ends at once, without an error, when it is to stop.</summary>
    public static void Wait(int attempt, TimeProvider time, CancellationToken stop) =>
        WaitAsync(attempt, time, stop).GetAwaiter().GetResult();

    /// <inheritdoc cref="Wait"/>
    public static async Task WaitAsync(int attempt, TimeProvider time, CancellationToken stop) =>
        await Task.Delay(After(attempt), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
