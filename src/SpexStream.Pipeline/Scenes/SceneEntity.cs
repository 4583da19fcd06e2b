using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>One open scene: takes it up from the journal, then has every message handled by the work on it.</summary>
/// <param name="scene">The scene.</param>
/// <param name="context">What all scenes share, with the token of this one.</param>
/// <param name="mailbox">Where its work sends what it has to say.</param>
/// <param name="granted">Writes its facts; null to take a new epoch.</param>
/// <param name="over">Behind the context's token; the entity's to dispose of.</param>
internal sealed partial class SceneEntity(
    SceneId scene, SceneRunContext context, ISceneMailbox mailbox, ISceneWriter? granted, CancellationTokenSource over)
    : ISceneEntity
{
    private SceneLedger? _ledger;
    private SceneWork? _work;
    private BackendLease? _lease;

    /// <inheritdoc/>
    public bool IsAbandoned => context.Abandoned.IsCancellationRequested;

    /// <inheritdoc/>
    public SceneId Scene => scene;

    /// <inheritdoc/>
    public bool IsOver => _work is null or { IsOver: true };

    /// <inheritdoc/>
    public bool IsGathering => _work is null or { State.Phase: ScenePhase.Gathering };

    /// <inheritdoc/>
    public long ResultBytes => _work?.ResultBytes ?? 0;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await (_work?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        finally
        {
            _lease?.Dispose();
            // Those who still tell of it find a token, not a source that is gone.
            over.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask RecallAsync()
    {
        var journal = context.Journal;
        var writer = granted ?? await JournalPatience.AskAsync(
            () => journal.OpenWriterAsync(Scene, context.Abandoned), context.Time, context.Abandoned);
        var facts = await JournalPatience.AskAsync(
            () => journal.ReadAsync(Scene, cancellation: context.Abandoned).ToListAsync(context.Abandoned),
            context.Time, context.Abandoned);
        _ledger = new(writer, context.Time, context.Abandoned)
        {
            FirstEpoch = facts.Count > 0 ? facts[0].Epoch : writer.Epoch,
        };
        if (SceneHistory.Of(facts, context.Layout) is { } history)
        {
            var crashes = await CrashesAsync(facts);
            _lease = context.Backends.Lease(history.Scene);
            // A backend that is not the one of before has another reach and other surveys; and none of its answers.
            var terms = history.Terms.Under(_lease.Backend);
            var layout = context.Layout(history.Scene, terms);
            _work = new(context, _ledger, mailbox, history.Scene, _lease, terms);
            await _work.ResumeAsync(history with { State = history.State with { Layout = layout } }, crashes);
        }
    }

    // What an earlier process had on its devices when it died is written down once, and then counted with what is
    // known.
    private async ValueTask<Dictionary<StripKey, int>> CrashesAsync(List<RecordedFact> facts)
    {
        ImmutableArray<SceneFact> crashed =
        [
            .. from found in context.TakeMarks(Scene)
               from strip in found.Mark.Strips
               let crash = new SceneFact.TileCrashed(strip, found.Mark.Tile, found.Run)
               // The file of a device that is used no more stays, and is read again.
               where !facts.Exists(recorded => recorded.Fact.Equals(crash))
               select crash,
        ];
        await _ledger!.WriteAsync(crashed, []);
        var all = facts.Select(recorded => recorded.Fact).Concat(crashed).ToList();
        var known = all.OfType<SceneFact.StripQuarantined>().Select(fact => fact.Strip).ToHashSet();
        return CrashCount.Of(all).Where(pair => pair.Value >= CrashCount.Quarantine && !known.Contains(pair.Key))
            .ToDictionary();
    }

    /// <inheritdoc/>
    public ValueTask HandleAsync(ISceneMessage message) => message switch
    {
        SceneRequest.Deliver deliver => TakeAsync(deliver),
        SceneRequest.EndPass end => EndPassAsync(end),
        SceneRequest.Order order => OrderAsync(order),
        _ => _work?.HandleAsync(message) ?? ValueTask.CompletedTask,
    };

    private async ValueTask EndPassAsync(SceneRequest.EndPass end)
    {
        try
        {
            await (_work?.HandleAsync(end) ?? ValueTask.CompletedTask);
            end.Read.TrySetResult();
        }
        catch (Exception fault)
        {
            // Whoever said it must not take it for heard; the scene's loop says the rest.
            end.Read.TrySetException(fault);
            throw;
        }
    }

    private async ValueTask TakeAsync(SceneRequest.Deliver deliver)
    {
        try
        {
            var delivery = StampedPath.Name(deliver.Delivery);
            _work ??= Open(delivery);
            await _work.TakeAsync(delivery, outcome => deliver.Outcome.TrySetResult(outcome));
        }
        catch (UnusableBandsException unusable)
        {
            deliver.Outcome.TrySetResult(new DeliveryOutcome.Refused(unusable.Rejection));
        }
        catch (Exception fault)
        {
            // Whoever handed the strip over must not take it for accepted; the scene's loop says the rest.
            deliver.Outcome.TrySetException(fault);
            throw;
        }
    }

    private SceneWork Open(StripDelivery first)
    {
        var scene = first.Scene;
        _lease = UnusableBandsException.Check(() => context.Backends.Lease(scene));
        var (backend, options) = (_lease.Backend, context.Options);
        return new(context, _ledger!, mailbox, scene, _lease, new SceneTerms(
            options.TileSize, backend.ReachPixels, backend.PassCount, options.GatherTimeout, null, options.Classes,
            SceneTerms.NameOf(backend)));
    }

    /// <inheritdoc/>
    public async ValueTask FailAsync(Exception fault)
    {
        if (_work is null && context.HasRivals && fault is JournalDamagedException)
        {
            // Another node may be able to read it; that this one is not, is told by whoever wanted it.
            return;
        }

        try
        {
            await (_work?.FailAsync(fault) ?? context.Events.BrokenAsync(Scene, fault));
        }
        catch (Exception second) when (second is not OutOfMemoryException)
        {
            // The journal itself does not answer: nothing can be written down, so it is told to the operator alone.
            await context.Events.BrokenAsync(Scene, fault);
        }
    }
}
