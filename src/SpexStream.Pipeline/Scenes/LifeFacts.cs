using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Which effects of a scene's life are facts that must outlive the process.</summary>
internal static class LifeFacts
{
    /// <summary>Reason code of a scene that misses a critical strip.</summary>
    public const string MissingCritical = "missing-critical";

    /// <summary>The fact of an effect; null when it is none.</summary>
    /// <param name="effect">What the life asks for.</param>
    /// <param name="delivery">The strip at hand, if one is.</param>
    public static SceneFact? Of(SceneEffect effect, StripDelivery? delivery) => effect switch
    {
        SceneEffect.TakeStrip take => new SceneFact.StripAccepted(AcceptedStrip.Of(delivery!, take.Revision)),
        SceneEffect.NotePassEnd => new SceneFact.PassEnded(),
        SceneEffect.StopGathering stop =>
            new SceneFact.GatheringEnded(stop.Reason, stop.FirstRow, stop.Height, stop.MissingStrips),
        SceneEffect.Reopen reopen => new SceneFact.SceneReopened(reopen.Revision, "A strip came after the scene was closed."),
        SceneEffect.ReportMissing missing =>
            new SceneFact.SceneFailed(MissingCritical, SentenceOf(missing), missing.CriticalStrips),
        _ => null,
    };

    /// <summary>What is missing, for people.</summary>
    public static string SentenceOf(SceneEffect.ReportMissing missing) =>
        $"Nothing final is published: strip {string.Join(", ", missing.CriticalStrips)} did not come and the scene cannot do without. "
        + "Announce it, and the scene goes on.";
}
