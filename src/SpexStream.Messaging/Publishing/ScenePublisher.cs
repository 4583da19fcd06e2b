using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.Explanation;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Messaging.Wire.Outgoing;
using ScenePhase = SpexStream.Domain.Messages.ScenePhase;

namespace SpexStream.Messaging.Publishing;

/// <summary>Says on the broker what happens to scenes: opened, summaries of strips, products, observations, closed.</summary>
/// <param name="identity">Who speaks.</param>
/// <param name="outbox">Where messages go.</param>
/// <param name="time">The clock.</param>
/// <param name="onTextRejected">Told why the checker has turned an explanation down.</param>
public sealed class ScenePublisher(
    StationIdentity identity, IOutbox outbox, TimeProvider time, Action<RejectionReason> onTextRejected) : ISceneEvents
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<SceneId, long> _progressSaid = new();

    /// <inheritdoc/>
    public ValueTask OpenedAsync(SceneSpec scene) => PostAsync(SceneMessage.Encode(
        new SceneNotice
        {
            Kind = SceneNoticeKind.Opened,
            Platform = scene.Platform,
            Scene = scene.Id,
            Revision = 1,
            SensingStart = scene.SensedFrom,
            SensingEnd = scene.SensedTo,
            StripsReceived = 1,
            StripsExpected = scene.StripCount,
            CompletenessPercent = scene.StripCount is { } count ? 100.0 / count : 0,
        },
        Context));

    /// <inheritdoc/>
    public async ValueTask ProgressedAsync(SceneSpec scene, SceneProgressFacts progress)
    {
        var now = time.GetTimestamp();
        var last = _progressSaid.GetValueOrDefault(scene.Id, long.MinValue);
        if (last != long.MinValue && time.GetElapsedTime(last, now) < ProgressEvery)
        {
            return;
        }

        _progressSaid[scene.Id] = now;
        await PostAsync(SceneProgressMessage.Encode(
            new SceneProgress
            {
                Platform = scene.Platform,
                Scene = scene.Id,
                Phase = ScenePhase.Open,
                Revision = 1,
                StripsReceived = progress.StripsArrived,
                StripsExpected = progress.StripsExpected,
                TilesDone = progress.TilesDone,
                TilesTotal = progress.TilesKnown,
                CompletenessPercent = progress.StripsExpected is { } count ? 100.0 * progress.StripsArrived / count : 0,
                Deadline = scene.Deadline,
            },
            Context));
    }

    /// <inheritdoc/>
    public async ValueTask StripSummarisedAsync(SceneSpec scene, StripEntry strip, ImmutableArray<ClassFacts> classes)
    {
        foreach (var facts in classes)
        {
            var words = Checked(Explainer.OfScene(facts), FactSheet.ForScene(facts, IsNorthUp(scene), Others(classes, facts)));
            await PostAsync(ObservationMessage.Encode(
                Observations.OfStrip(scene, strip, facts, words, identity.Model), Context));
        }
    }

    /// <inheritdoc/>
    public async ValueTask ClosedAsync(SceneOutcome outcome)
    {
        _progressSaid.TryRemove(outcome.Scene.Id, out _);
        var product = OutcomeProducts.Of(outcome, identity);
        ImmutableArray<ItemLink> links = [new("item", product.ItemHref, "application/geo+json")];
        foreach (var facts in outcome.Classes)
        {
            await PostAsync(MaskMessage.Encode(product, facts.Class, Context));
            var others = Others(outcome.Classes, facts);
            var sheet = FactSheet.ForScene(facts, IsNorthUp(outcome.Scene), others);
            var words = Checked(Explainer.OfScene(facts), sheet);
            await PostAsync(ObservationMessage.Encode(
                Observations.OfScene(outcome, facts, words, identity.Model, links), Context));
            foreach (var region in outcome.Regions.Where(region => region.Facts.Class == facts.Class))
            {
                var regionWords = Checked(Explainer.OfRegion(region.Facts, facts), sheet with { Subject = region.Facts });
                await PostAsync(ObservationMessage.Encode(
                    Observations.OfRegion(outcome, region, facts, regionWords, identity.Model, links), Context));
            }
        }

        await PostAsync(SceneMessage.Encode(Closed(outcome, product, links), Context));
        await PostAsync(SceneProgressMessage.Encode(Finished(outcome), Context));
    }

    /// <inheritdoc/>
    public ValueTask TileGivenUpAsync(SceneSpec scene, string reason) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask FailedAsync(SceneSpec scene, Exception fault) => PostAsync(DeadLetterMessage.Encode(
        new DeadLetter
        {
            Stage = "product",
            Reason = "failed",
            Sentence = fault.Message,
            Original = OriginalPayload.Of(new InboundMessage(string.Empty, ReadOnlyMemory<byte>.Empty, null, [])),
            Arrival = 0,
            Attempts = 1,
            Scene = scene.Id,
        },
        Context));

    private Wire.Envelope.WireContext Context => identity.Context(time.GetUtcNow());

    private static SceneNotice Closed(SceneOutcome outcome, SceneProduct product, ImmutableArray<ItemLink> links) => new()
    {
        Kind = outcome.Revision > 1 ? SceneNoticeKind.Revised : SceneNoticeKind.Closed,
        Platform = outcome.Scene.Platform,
        Scene = outcome.Scene.Id,
        Revision = outcome.Revision,
        SensingStart = outcome.Scene.SensedFrom,
        SensingEnd = outcome.Scene.SensedTo,
        StripsReceived = outcome.StripsReceived,
        StripsExpected = outcome.Scene.StripCount,
        MissingStrips = outcome.MissingStrips,
        CompletenessPercent = outcome.CompletenessPercent,
        Reason = outcome.Revision > 1 ? null : ReasonOf(outcome),
        Outlines = product.Outlines,
        Bounds = product.Bounds,
        Links = links,
    };

    private static CloseReason ReasonOf(SceneOutcome outcome) =>
        outcome is { MissingStrips.IsEmpty: true, Scene.StripCount: not null } ? CloseReason.Complete
        : outcome.PassHasEnded ? CloseReason.EndOfPass
        : CloseReason.Timeout;

    private static SceneProgress Finished(SceneOutcome outcome) => new()
    {
        Platform = outcome.Scene.Platform,
        Scene = outcome.Scene.Id,
        Phase = ScenePhase.Closed,
        Revision = outcome.Revision,
        StripsReceived = outcome.StripsReceived,
        StripsExpected = outcome.Scene.StripCount,
        TilesDone = outcome.Tiles,
        TilesTotal = outcome.Tiles,
        CompletenessPercent = outcome.CompletenessPercent,
        Deadline = outcome.Scene.Deadline,
    };

    private static IEnumerable<ClassFacts> Others(ImmutableArray<ClassFacts> classes, ClassFacts but) =>
        classes.Where(facts => facts.Class != but.Class);

    private static bool IsNorthUp(SceneSpec scene) =>
        scene.Transform is { IsAxisAligned: true, ColumnX: > 0, RowY: < 0 };

    private WrittenExplanation? Checked(WrittenExplanation words, FactSheet sheet)
    {
        if (ExplanationChecker.Check(words.Text, sheet).Reason is not { } reason)
        {
            return words;
        }

        onTextRejected(reason);
        return null;
    }

    private ValueTask PostAsync(OutgoingMessage message) => outbox.PostAsync(message);
}
