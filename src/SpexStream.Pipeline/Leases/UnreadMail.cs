using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Leases;

/// <summary>
/// Keeps what comes for scenes that cannot be read in the journal's inbox, for a runtime that asks scenes itself, and
/// hands it over when they can. A scene knows what it has, so several nodes may hand over the same. Safe for use from
/// several threads.
/// </summary>
/// <param name="leases">Says for which scenes something waits.</param>
/// <param name="inbox">Where it waits.</param>
/// <param name="unreadable">The scenes.</param>
/// <param name="time">The clock.</param>
public sealed class UnreadMail(
    ISceneLeases leases, IStripInbox inbox, UnreadableScenes unreadable, TimeProvider time)
{
    private const int MostScenes = 4096;
    private const int Page = 16;
    private static readonly TimeSpan WhenFull = TimeSpan.FromSeconds(1);

    /// <summary>Says that a scene refused what waited for it; ends when that is written down.</summary>
    public required Func<InboxEntry, Rejection, CancellationToken, ValueTask> OnRefused { get; init; }

    /// <summary>Hands something to its scene, or keeps it; then the answer is what was kept stands for.</summary>
    /// <param name="item">What is kept.</param>
    /// <param name="deliver">Hands it over.</param>
    /// <param name="kept">The answer if it is kept.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<T> DeliverAsync<T>(
        InboxItem item, Func<ValueTask<T>> deliver, T kept, CancellationToken cancellation)
    {
        if (!unreadable.Has(item.Target))
        {
            try
            {
                var answer = await deliver();
                unreadable.Remove(item.Target);
                return answer;
            }
            catch (JournalDamagedException damage)
            {
                unreadable.Add(item.Target, damage);
            }
        }

        while (await JournalPatience.AskAsync(() => inbox.PutAsync(item, cancellation), time, cancellation)
            == InboxOutcome.Full)
        {
            await Task.Delay(WhenFull, time, cancellation);
        }

        return kept;
    }

    /// <summary>A strip as it is kept.</summary>
    public static InboxItem Of(StripDelivery delivery) => InboxItem.Strip.From(StampedPath.Name(delivery));

    /// <summary>Hands over what waits, now and again, until cancelled.</summary>
    public async Task RunAsync(IPipelineRuntime scenes, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(UnreadableScenes.Shunned, time);
        try
        {
            do
            {
                try
                {
                    await HandOverAsync(scenes, cancellation);
                }
                catch (JournalException)
                {
                    // Readiness says it; nothing is lost, and it is looked again.
                }
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The node ends.
        }
    }

    private async Task HandOverAsync(IPipelineRuntime scenes, CancellationToken cancellation)
    {
        if (await inbox.CountAsync(cancellation) == 0)
        {
            return;
        }

        foreach (var scene in await leases.ListFreeAsync(MostScenes, cancellation))
        {
            if (unreadable.Has(scene))
            {
                continue;
            }

            try
            {
                await HandOverAsync(scenes, scene, cancellation);
            }
            catch (JournalDamagedException damage)
            {
                unreadable.Add(scene, damage);
            }
            catch (Exception fault) when (fault is not (JournalException or OperationCanceledException))
            {
                // The top of one scene's mail: its node has told what it broke on, and it is tried again.
            }
        }
    }

    private async Task HandOverAsync(IPipelineRuntime scenes, SceneId scene, CancellationToken cancellation)
    {
        for (var after = 0L; await inbox.ReadAsync(scene, after, Page, cancellation) is [.., var last] entries;
            after = last.Key)
        {
            foreach (var entry in entries)
            {
                if (entry.Item is InboxItem.EndOfPass end)
                {
                    await scenes.EndPassAsync(end.Pass, cancellation);
                }
                else if (entry.Item is InboxItem.Strip strip
                    && await scenes.DeliverAsync(strip.Delivery(), cancellation) is DeliveryOutcome.Refused refused)
                {
                    await OnRefused(entry, refused.Rejection, cancellation);
                }
            }

            await inbox.RemoveAsync([.. entries.Select(entry => entry.Key)], cancellation);
            unreadable.Remove(scene);
        }
    }
}
