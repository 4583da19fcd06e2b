namespace SpexStream.Domain.Scenes;

/// <summary>What became of an order.</summary>
/// <param name="IsDone">Whether the scene is as the order wants it, be it that it was so before.</param>
/// <param name="Reason">Code for machines, by <see cref="Identity.TopicLevel.Rule"/>; never changes its
/// meaning.</param>
/// <param name="Sentence">What was done, or why nothing was, for people.</param>
/// <param name="Revision">Revision of the product that this is about; null where there is none.</param>
public sealed record SceneOrderOutcome(bool IsDone, string Reason, string Sentence, int? Revision = null)
{
    /// <summary>The scene that the order names is not known.</summary>
    public static SceneOrderOutcome Unknown { get; } =
        new(false, "unknown-scene", "The journal does not know this scene; announce its strips.");
}
