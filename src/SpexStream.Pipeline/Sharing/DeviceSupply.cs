using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Sharing;

/// <summary>Fetches tiles for devices that lack some: what this node gave away and nobody has begun, then, as long as
/// it helps, what others gave away. Where there is neither, its scenes may double what others have begun.</summary>
/// <param name="desk">What sharing has in common.</param>
/// <param name="helper">Claims tiles of other nodes.</param>
internal sealed class DeviceSupply(TileDesk desk, TileHelper helper)
{
    /// <summary>Fetches until cancelled: a node that drains finishes what is its own.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                // Before the look, so that nothing is missed.
                Task[] news =
                    [helper.Changed, desk.Load.Eased.Next, desk.Ports.Board.WaitForWorkAsync(stop.Token)];
                // A claim that expires tells nobody.
                var wait = await TryFetchAsync(cancellation) ? desk.Terms.Term : desk.Terms.AskAgainAfter;
                await Task.WhenAny([.. news, Task.Delay(wait, desk.Time, stop.Token)]);
                await stop.CancelAsync();
                cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The node ends.
        }
    }

    // False when the journal did not answer; the leases say that.
    private async Task<bool> TryFetchAsync(CancellationToken cancellation)
    {
        try
        {
            if (desk.Load.Lacking > desk.Load.ToFetch)
            {
                desk.TellLacking();
            }

            // Answers come by the batch: while one asks, more may be lacking.
            while (desk.Load.ToFetch is > 0 and var lacking)
            {
                if (await desk.ReclaimAsync(lacking, cancellation) < lacking
                    && await helper.ClaimAsync(desk.Load.ToFetch) == 0)
                {
                    desk.TellIdle();
                    break;
                }
            }

            return true;
        }
        catch (JournalException)
        {
            desk.TellIdle();
            return false;
        }
    }
}
