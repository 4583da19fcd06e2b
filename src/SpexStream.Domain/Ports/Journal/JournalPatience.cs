namespace SpexStream.Domain.Ports.Journal;

/// <summary>Asks a journal again that is full or held by another program: nothing was written, and it goes on by
/// itself.</summary>
public static class JournalPatience
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="ask">The question; asked again as a whole.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <param name="onDelay">Told of each time in vain.</param>
    public static async ValueTask<T> AskAsync<T>(
        Func<ValueTask<T>> ask, TimeProvider time, CancellationToken cancellation, Action<Exception>? onDelay = null)
    {
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return await ask();
            }
            catch (Exception fault) when (fault is JournalFullException or JournalBusyException)
            {
                // Both pass: an operator makes room, a shell or a backup ends.
                onDelay?.Invoke(fault);
                await Task.Delay(wait, time, cancellation);
            }
        }
    }
}
