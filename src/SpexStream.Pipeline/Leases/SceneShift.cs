using System.Collections.Immutable;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Leases;

/// <summary>
/// One scene while this node has it: takes it up where somebody left it, hands it what other nodes have accepted for
/// it, and gives the lease back when nothing is left to do.
/// </summary>
/// <param name="scene">The scene.</param>
/// <param name="tools">What every scene shares.</param>
internal sealed class SceneShift(SceneId scene, ShiftTools tools) : ILeasedWork
{
    private const int Page = 16;
    // Whoever gave an older order has done something else since.
    private static readonly TimeSpan OrderAge = TimeSpan.FromMinutes(10);
    private readonly Bell _changed = new();

    /// <summary>Something has changed that it may wait for.</summary>
    public void Nudge() => _changed.Ring();

    /// <inheritdoc/>
    public async Task RunAsync(SceneTenure tenure)
    {
        try
        {
            await WorkAsync(tenure.Ended);
        }
        catch (JournalDamagedException damage) when (!tenure.Ended.IsCancellationRequested)
        {
            // Told once, however often it is tried.
            tools.LeaveAlone(scene, damage);
        }
        catch (Exception) when (!tenure.Ended.IsCancellationRequested)
        {
            // Whatever it is, it would come again at once.
            tools.OnLeft(scene, true);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task StoppedAsync() => tools.Runtime.LeftAsync(scene);

    /// <inheritdoc/>
    public bool TellDamage(JournalDamagedException fault)
    {
        tools.LeaveAlone(scene, fault);
        return true;
    }

    private async Task WorkAsync(CancellationToken ended)
    {
        if (await StandsOpenAsync(ended))
        {
            await tools.Runtime.TakeUpAsync(scene, ended);
            tools.Unreadable.Remove(scene);
        }

        var after = 0L;
        while (true)
        {
            var changed = _changed.Next;
            var entries = await tools.AskAsync(() => tools.Inbox.ReadAsync(scene, after, Page, ended), ended);
            if (!entries.IsEmpty)
            {
                if (!await HandOverAsync(entries, ended))
                {
                    return;
                }

                after = entries[^1].Key;
            }
            else if (!tools.Uses.IsUsed(scene) && !tools.Runtime.IsKnown(scene))
            {
                // Still open, but at work no more: it could not even be read, or another writes it.
                tools.OnLeft(scene, await StandsOpenAsync(ended));
                return;
            }
            else
            {
                await WaitAsync(after, changed, ended);
            }
        }
    }

    private async ValueTask<bool> StandsOpenAsync(CancellationToken ended) =>
        await tools.AskAsync(() => tools.Journal.FindAsync(scene, ended), ended)
            is { Standing: SceneStanding.Open, LastSequence: > 0 };

    // False when the right to the scene has ended: what is not handed over stays for the next owner.
    private async Task<bool> HandOverAsync(ImmutableArray<InboxEntry> entries, CancellationToken ended)
    {
        foreach (var entry in entries)
        {
            var isDone = entry.Item switch
            {
                InboxItem.Strip strip => await DeliverAsync(entry, strip, ended),
                InboxItem.Order order => await OrderAsync(entry, order, ended),
                InboxItem.EndOfPass end => await EndPassAsync(end, ended),
                _ => true,
            };
            if (!isDone)
            {
                return false;
            }
        }

        await RemoveAsync([.. entries.Select(entry => entry.Key)], ended);
        return true;
    }

    private ValueTask<bool> RemoveAsync(ImmutableArray<long> keys, CancellationToken cancellation) => tools.AskAsync(
        async () =>
        {
            await tools.Inbox.RemoveAsync(keys, cancellation);
            return true;
        },
        cancellation);

    private async Task<bool> DeliverAsync(InboxEntry entry, InboxItem.Strip strip, CancellationToken ended)
    {
        var outcome = await tools.Runtime.TryDeliverAsync(strip.Delivery(), ended);
        if (outcome is DeliveryOutcome.Refused refused)
        {
            var plain = strip.Accepted with
            {
                Path = StampedPath.TryParse(strip.Accepted.Path)?.Path ?? strip.Accepted.Path,
            };
            await tools.OnRefused(entry with { Item = strip with { Accepted = plain } }, refused.Rejection, ended);
        }

        return outcome is not null;
    }

    private async Task<bool> EndPassAsync(InboxItem.EndOfPass end, CancellationToken ended)
    {
        if (!tools.Runtime.IsKnown(scene) && await StandsOpenAsync(ended))
        {
            // It has broken meanwhile: the end of its pass must not get lost because of that.
            await tools.Runtime.TakeUpAsync(scene, ended);
        }

        return await tools.Runtime.TryEndPassAsync(end.Pass, ended);
    }

    private async Task<bool> OrderAsync(InboxEntry entry, InboxItem.Order order, CancellationToken ended)
    {
        if (await AnswerAsync(entry.At, order, ended) is not { } answer)
        {
            return false;
        }

        // What was done must not be done again by the scene's next owner: its letter goes before anything else waits,
        // and whoever asked is told, although the right may have ended meanwhile.
        try
        {
            using var limit = new CancellationTokenSource(tools.Limit, tools.Time);
            await RemoveAsync([entry.Key], limit.Token);
        }
        catch (Exception fault) when (fault is JournalException or OperationCanceledException)
        {
            // The journal does not answer: the letter comes again, and is refused by what stands.
        }

        await tools.OnAnswered(order, answer, CancellationToken.None);
        return true;
    }

    // Null when the right to the scene has ended: the next owner does it.
    private async Task<CommandAnswer?> AnswerAsync(DateTimeOffset at, InboxItem.Order order, CancellationToken ended)
    {
        if (tools.Time.GetUtcNow() - at > OrderAge)
        {
            return new(CommandStatus.Failed, "no-answer", "The scene had no owner for long; ask again.")
            {
                Scene = scene,
            };
        }

        if (order.Asked() is not { } asked)
        {
            return new(CommandStatus.Refused, "unknown-verb", "The owner of the scene does not know this order.")
            {
                Scene = scene,
            };
        }

        try
        {
            // Once the scene has it, it may be written down although the right ends.
            return await tools.Runtime.TryOrderAsync(scene, asked, ended, CancellationToken.None) is { } outcome
                ? CommandAnswer.Of(scene, outcome) : null;
        }
        catch (Exception fault) when (fault is not (JournalException or OperationCanceledException))
        {
            // The top of an order: whoever gave it is told, and the strips behind it are taken.
            return new(CommandStatus.Failed, "failed", fault.Message) { Scene = scene };
        }
    }

    private async Task WaitAsync(long after, Task changed, CancellationToken ended)
    {
        using var other = CancellationTokenSource.CreateLinkedTokenSource(ended);
        Task letter = tools.AskAsync(
            async () =>
            {
                await tools.Inbox.WaitAsync(scene, after, other.Token);
                return true;
            },
            other.Token).AsTask();
        await Task.WhenAny(letter, changed.WaitAsync(other.Token));
        await other.CancelAsync();
        await letter.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.ThrowIfCancellationRequested();
    }
}
