using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>Somebody else writes the scene now; nothing was written. The refused writer must let go of the
/// scene.</summary>
public sealed class StaleEpochException(SceneId scene, long epoch, long? current) : JournalException(
    $"Scene {scene}: epoch {epoch} may not write any more, "
    + (current is { } now ? $"epoch {now} does." : "the scene was forgotten."),
    null)
{
    /// <summary>The scene.</summary>
    public SceneId Scene { get; } = scene;

    /// <summary>The epoch that was refused.</summary>
    public long Epoch { get; } = epoch;

    /// <summary>The epoch that may write; null when the scene was forgotten.</summary>
    public long? Current { get; } = current;
}
