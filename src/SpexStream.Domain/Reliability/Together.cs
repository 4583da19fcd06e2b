namespace SpexStream.Domain.Reliability;

/// <summary>Works that live and die together: a fault of one is known at once, not when the others end, too.</summary>
public static class Together
{
    /// <summary>Does all until all have ended. The first fault cancels the others and is thrown.</summary>
    /// <param name="cancellation">Ends all.</param>
    /// <param name="works">Each works until it is cancelled, or until nothing is left to do.</param>
    public static async Task RunAsync(CancellationToken cancellation, params Func<CancellationToken, Task>[] works)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll([.. works.Select(GuardAsync)]).ConfigureAwait(false);

        async Task GuardAsync(Func<CancellationToken, Task> work)
        {
            try
            {
                await work(all.Token).ConfigureAwait(false);
            }
            catch (Exception) when (!all.IsCancellationRequested)
            {
                // Whatever it is, the others end with it.
                await all.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
