using System.Collections.Immutable;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Which effects of a scene's life are facts that must outlive the process.</summary>
internal static class LifeFacts
{
    /// <summary>Reason code of a scene that misses a critical strip.</summary>
    private const string MissingCritical = "missing-critical";

    /// <summary>The facts of a step, in order.</summary>
    /// <param name="step">What the life asks for.</param>
    /// <param name="delivery">The strip at hand, if one is.</param>
    public static IEnumerable<SceneFact> Of(SceneStep step, StripDelivery? delivery) =>
        step.Effects.Select(effect => Of(effect, delivery)).OfType<SceneFact>();

    /// <summary>The messages that tell of a step's facts.</summary>
    /// <param name="step">What the life asks for.</param>
    /// <param name="scene">The scene.</param>
    /// <param name="messages">Puts it into messages.</param>
    /// <param name="moment">Where the scene stands, for a revision; with a number of its own each time.</param>
    public static IEnumerable<OutgoingMessage> MessagesOf(
        SceneStep step, SceneSpec scene, ISceneMessages messages, Func<int, SceneMoment> moment) =>
        step.Effects.SelectMany(effect => effect switch
        {
            SceneEffect.ReportMissing missing =>
                messages.Failed(scene, MissingCritical, SentenceOf(missing), moment(step.State.NextRevision)),
            SceneEffect.Reopen reopen => messages.Reopened(scene, moment(reopen.Revision)),
            _ => ImmutableArray<OutgoingMessage>.Empty,
        });

    /// <summary>What whoever handed a strip over is told at once; null when the strip was taken.</summary>
    public static DeliveryOutcome? OutcomeOf(SceneEffect effect) => effect switch
    {
        SceneEffect.CountDuplicate => new DeliveryOutcome.Duplicate(),
        SceneEffect.RefuseStrip refuse => new DeliveryOutcome.Refused(refuse.Rejection),
        _ => null,
    };

    /// <summary>What is said of a strip that brought the process down.</summary>
    public static string SentenceOf(StripKey strip, int crashes) =>
        $"strip {strip.Index} was on a device at {crashes} crashes of the process and is worked on no more; "
        + "release it by command, or announce it again, to try it once more";

    /// <summary>What is said of a scene that misses strips which it cannot do without.</summary>
    public static string SentenceOf(SceneEffect.ReportMissing missing) =>
        $"Nothing final is published: strip {string.Join(", ", missing.CriticalStrips)} did not come and the scene cannot "
        + "do without. Announce it, and the scene goes on.";

    private static SceneFact? Of(SceneEffect effect, StripDelivery? delivery) => effect switch
    {
        SceneEffect.TakeStrip take => new SceneFact.StripAccepted(AcceptedStrip.Of(delivery!, take.Revision)),
        SceneEffect.NotePassEnd note => new SceneFact.PassEnded(note.StripCount, note.Tiers),
        SceneEffect.StopGathering stop =>
            new SceneFact.GatheringEnded(stop.Reason, stop.FirstRow, stop.Height, stop.MissingStrips),
        SceneEffect.Reopen reopen => new SceneFact.SceneReopened(reopen.Revision, reopen.Reason),
        SceneEffect.ReportMissing missing =>
            new SceneFact.SceneFailed(MissingCritical, SentenceOf(missing), missing.CriticalStrips),
        _ => null,
    };
}
