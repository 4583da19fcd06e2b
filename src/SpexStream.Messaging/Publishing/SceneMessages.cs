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

/// <summary>Puts what happens to scenes into messages: opened, summaries of strips, products, observations,
/// closed.</summary>
/// <param name="identity">Who speaks.</param>
/// <param name="time">The clock.</param>
/// <param name="onTextRejected">Told why the checker has turned an explanation down.</param>
public sealed class SceneMessages(StationIdentity identity, TimeProvider time, Action<RejectionReason> onTextRejected)
    : ISceneMessages
{
    private const string ProductStage = "product";
    private const string StripStage = "strip";

    /// <inheritdoc/>
    public ImmutableArray<OutgoingMessage> Opened(SceneSpec scene, ModelFacts? model) =>
    [
        SceneMessage.Encode(
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
                IsUntrained = (model ?? identity.Model).IsUntrained,
            },
            About(scene)),
    ];

    /// <inheritdoc/>
    public ImmutableArray<OutgoingMessage> StripSummarised(
        SceneSpec scene, StripEntry strip, int revision, ImmutableArray<ClassFacts> classes, ModelFacts? model) =>
    [
        .. from facts in classes
           let others = Others(classes, facts)
           let words = Checked(Explainer.OfScene(facts), FactSheet.ForScene(facts, IsNorthUp(scene), others))
           select ObservationMessage.Encode(
               Spoken(
                   Observations.OfStrip(scene, strip, facts, words, model ?? identity.Model), facts, scene, others) with
               {
                   Revision = revision,
               },
               About(scene)),
    ];

    /// <inheritdoc/>
    public ImmutableArray<OutgoingMessage> Published(SceneOutcome outcome, bool goesOn)
    {
        var messages = ImmutableArray.CreateBuilder<OutgoingMessage>();
        var product = OutcomeProducts.Of(outcome, identity);
        ImmutableArray<ItemLink> links = [new("item", product.ItemHref, "application/geo+json")];
        var model = outcome.Model ?? identity.Model;
        foreach (var facts in outcome.Classes)
        {
            messages.Add(MaskMessage.Encode(product, facts.Class, About(outcome.Scene)));
            var others = Others(outcome.Classes, facts);
            var sheet = FactSheet.ForScene(facts, IsNorthUp(outcome.Scene), others);
            var words = Checked(Explainer.OfScene(facts), sheet);
            messages.Add(ObservationMessage.Encode(
                Spoken(
                    Observations.OfScene(outcome, facts, words, model, links), facts, outcome.Scene, others),
                About(outcome.Scene)));
            foreach (var region in outcome.Regions.Where(region => region.Facts.Class == facts.Class))
            {
                var regionWords = Checked(
                    Explainer.OfRegion(region.Facts, facts), sheet with { Subject = region.Facts });
                messages.Add(ObservationMessage.Encode(
                    Observations.OfRegion(outcome, region, facts, regionWords, model, links), About(outcome.Scene)));
            }
        }

        messages.Add(SceneMessage.Encode(Closed(outcome, product, links), About(outcome.Scene)));
        if (!goesOn)
        {
            messages.Add(SceneProgressMessage.Encode(Finished(outcome), About(outcome.Scene)));
        }

        return messages.ToImmutable();
    }

    /// <inheritdoc/>
    public ImmutableArray<OutgoingMessage> Reopened(SceneSpec scene, SceneMoment moment) =>
        [State(scene, ScenePhase.Open, moment)];

    /// <inheritdoc/>
    public ImmutableArray<OutgoingMessage> Failed(
        SceneSpec scene, string reason, string sentence, SceneMoment moment) =>
    [
        Letter(scene, ProductStage, reason, sentence, strip: null, attempts: 1, moment),
        State(scene, ScenePhase.Failed, moment, reason, sentence),
    ];

    /// <inheritdoc/>
    public ImmutableArray<OutgoingMessage> Quarantined(
        SceneSpec scene, int stripIndex, string sentence, int crashes, SceneMoment moment) =>
        [Letter(scene, StripStage, "quarantined", sentence, stripIndex, crashes, moment)];

    /// <inheritdoc/>
    public ImmutableArray<OutgoingMessage> Retracted(SceneSpec scene, WithdrawnProduct product, SceneMoment moment) =>
    [
        .. product.Classes.Select(
            value => MaskDeletionMessage.Encode(scene, product, value, identity.Collection, About(scene))),
        State(scene, ScenePhase.Retracted, moment, "retracted", product.Reason),
    ];

    /// <inheritdoc/>
    public ImmutableArray<OutgoingMessage> Abandoned(
        SceneSpec scene, bool stands, string sentence, SceneMoment moment) =>
        [State(scene, stands ? ScenePhase.Closed : ScenePhase.Abandoned, moment, "abandoned", sentence)];

    private Wire.Envelope.WireContext About(SceneSpec scene) =>
        identity.Context(time.GetUtcNow()) with { TraceParent = SceneTrace.Of(scene) };

    private static SceneNotice Closed(SceneOutcome outcome, SceneProduct product, ImmutableArray<ItemLink> links) =>
        new()
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
            GivenUpPercent = product.Visibility.GivenUp * 100,
            IsUntrained = product.Model.IsUntrained,
            Reason = outcome.Revision > 1 ? null : outcome.ClosedFor,
            Outlines = product.Outlines,
            Bounds = product.Bounds,
            Links = links,
        };

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
        Epoch = outcome.Epoch,
    };

    private static IEnumerable<ClassFacts> Others(ImmutableArray<ClassFacts> classes, ClassFacts but) =>
        classes.Where(facts => facts.Class != but.Class);

    private static bool IsNorthUp(SceneSpec scene) =>
        scene.Transform is { IsAxisAligned: true, ColumnX: > 0, RowY: < 0 };

    // A model's own words, unless what was measured speaks against them: then ours stay, and the prompt's digest tells
    // that it was asked.
    private Observation Spoken(
        Observation summary, ClassFacts facts, SceneSpec scene, IEnumerable<ClassFacts> others)
    {
        if (facts.Said is not { } said)
        {
            return summary;
        }

        var judged = TextVerdict.Judge(said.Text, facts, IsNorthUp(scene), others);
        if (judged.Rejection is { } reason)
        {
            onTextRejected(reason);
            var own = summary.Explanation;
            return summary with { Explanation = own is null ? null : own with { PromptHash = said.PromptHash } };
        }

        return summary with
        {
            Explanation = new ExplanationText(judged.Text, Observations.Language, IsGenerated: true, said.PromptHash),
        };
    }

    private WrittenExplanation? Checked(WrittenExplanation words, FactSheet sheet)
    {
        if (ExplanationChecker.Check(words.Text, sheet).Reason is not { } reason)
        {
            return words;
        }

        onTextRejected(reason);
        return null;
    }

    private OutgoingMessage Letter(
        SceneSpec scene, string stage, string reason, string sentence, int? strip, int attempts, SceneMoment moment) =>
        DeadLetterMessage.Encode(
            new DeadLetter
            {
                Stage = stage,
                Reason = reason,
                Sentence = sentence,
                Original = OriginalPayload.Of(new InboundMessage(string.Empty, ReadOnlyMemory<byte>.Empty, null, [])),
                Arrival = moment.Number,
                Attempts = attempts,
                Scene = scene.Id,
                Strip = strip,
            },
            About(scene));

    private OutgoingMessage State(
        SceneSpec scene, ScenePhase phase, SceneMoment moment, string? reason = null, string? sentence = null) =>
        SceneProgressMessage.Encode(
            new SceneProgress
            {
                Platform = scene.Platform,
                Scene = scene.Id,
                Phase = phase,
                Revision = moment.Revision,
                Epoch = moment.Epoch,
                StripsReceived = moment.StripsReceived,
                StripsExpected = moment.StripsExpected,
                TilesDone = 0,
                TilesTotal = null,
                CompletenessPercent = moment.StripsExpected is > 0 and var count
                    ? 100.0 * moment.StripsReceived / count
                    : 0,
                Deadline = scene.Deadline,
                Change = moment.Number,
                Reason = reason,
                Sentence = sentence,
            },
            About(scene));
}
