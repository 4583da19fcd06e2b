using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Leases;

/// <summary>What comes for scenes, whichever node has them.</summary>
public sealed partial class LeasedRuntime
{
    /// <inheritdoc/>
    public async ValueTask<DeliveryOutcome> DeliverAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        var scene = delivery.Scene.Id;
        while (true)
        {
            using var use = _uses.Enter(scene);
            if (await OwnsAsync(scene, cancellation))
            {
                if (await DeliverHereAsync(delivery, cancellation) is { } outcome)
                {
                    return outcome;
                }
            }
            else if (_takeOver.MustWait(scene))
            {
                // Every inbox has an end, that of the broker, too: it goes on as soon as there is a place anywhere.
                await Task.Delay(_keeper.Terms.AskAgainAfter, _time, cancellation);
            }
            // With its stamp, as the owner would name it: the file that is read is the one that was checked here.
            else if (await PutAsync(InboxItem.Strip.From(StampedPath.Name(delivery)), cancellation) is { } put)
            {
                return put == InboxOutcome.Duplicate ? new DeliveryOutcome.Duplicate()
                    : new DeliveryOutcome.Accepted { IsPassedOn = true };
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask EndPassAsync(PassEnd pass, CancellationToken cancellation)
    {
        // Strips of the scene may lie in the inbox still: its end goes the same way.
        while (await PutAsync(new InboxItem.EndOfPass(pass), cancellation) is null)
        {
            // It has waited already.
        }
    }

    /// <inheritdoc/>
    public async ValueTask<SceneOrderOutcome> OrderAsync(
        SceneId scene, SceneOrder order, CancellationToken cancellation)
    {
        var (outcome, node) = await OrderHereAsync(scene, order, cancellation);
        return outcome ?? new(
            false, "busy", $"The scene is at work on node {node}; ask again when it is closed.");
    }

    /// <summary>As <see cref="OrderAsync"/>, but an order for a scene of another node is left to that one, which
    /// answers it; null then.</summary>
    public async ValueTask<SceneOrderOutcome?> OrderOrPassOnAsync(
        InboxItem.Order order, CancellationToken cancellation)
    {
        var asked = order.Asked() ?? throw new ArgumentException($"{order.Verb} orders nothing.", nameof(order));
        var (outcome, _) = await OrderHereAsync(order.Scene, asked, cancellation);
        while (outcome is null && await PutAsync(order, cancellation) is null)
        {
            // So much waits for the scene that whoever asks waits, too.
        }

        return outcome;
    }

    // Whether this node has a scene, or gets it now. One that nobody has is begun where there is least to do. What
    // cannot be read here is left to those who can, and waits for them in the inbox.
    private async ValueTask<bool> OwnsAsync(SceneId scene, CancellationToken cancellation) =>
        !_unreadable.Has(scene)
        && (_keeper.TenureOf(scene) is not null
            || (_takeOver.MayBegin && await _keeper.SettleAsync(
                LeaseKey.Of(scene), () => NewShift(scene), cancellation) is LeaseStanding.Owned));

    private async ValueTask<DeliveryOutcome?> DeliverHereAsync(
        StripDelivery delivery, CancellationToken cancellation)
    {
        try
        {
            var outcome = await TryAsync(() => Local.TryDeliverAsync(delivery, cancellation), cancellation);
            if (outcome is not null)
            {
                _unreadable.Remove(delivery.Scene.Id);
            }

            return outcome;
        }
        catch (JournalDamagedException damage)
        {
            _tools.LeaveAlone(delivery.Scene.Id, damage);
            return null;
        }
    }

    // No outcome where another node has the scene, and which one.
    private async ValueTask<(SceneOrderOutcome? Outcome, string? Node)> OrderHereAsync(
        SceneId scene, SceneOrder order, CancellationToken cancellation)
    {
        while (true)
        {
            using var use = _uses.Enter(scene);
            switch (await _keeper.SettleAsync(LeaseKey.Of(scene), () => NewShift(scene), cancellation))
            {
                case LeaseStanding.Elsewhere elsewhere:
                    return (null, elsewhere.Node);
                case LeaseStanding.Unreadable unreadable:
                    throw unreadable.Fault;
            }

            if (await TryAsync(
                () => Local.TryOrderAsync(scene, order, cancellation, cancellation), cancellation) is { } outcome)
            {
                return (outcome, null);
            }
        }
    }

    // Null when so much waits for the scene that nothing more is taken; whoever announced it waits with us.
    private async ValueTask<InboxOutcome?> PutAsync(InboxItem item, CancellationToken cancellation)
    {
        var put = await JournalPatience.AskAsync(
            () => _ports.Inbox.PutAsync(item, cancellation), _time, cancellation,
            fault => _ports.OnTrouble(fault.Message));
        if (put != InboxOutcome.Full)
        {
            return put;
        }

        await Task.Delay(_keeper.Terms.AskAgainAfter, _time, cancellation);
        return null;
    }

    // Null when the scene was lost meanwhile: whoever asked asks again.
    private async ValueTask<T?> TryAsync<T>(Func<ValueTask<T?>> ask, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (StaleEpochException stale)
        {
            // Somebody else writes the scene, of this node, too: its lease may look well all the same.
            _keeper.Refuse(LeaseKey.Of(stale.Scene), stale.Epoch);
        }
        catch (OperationCanceledException)
            when (!cancellation.IsCancellationRequested && !_stop.IsCancellationRequested)
        {
            // The right has ended in the middle of it.
        }

        await Task.Delay(TimeSpan.FromMilliseconds(100), _time, cancellation);
        return null;
    }
}
