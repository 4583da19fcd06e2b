using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>The right to write a scene, until somebody else takes it. Nothing to dispose of. Calls may overlap; they
/// are written in the order in which they were made.</summary>
public interface ISceneWriter
{
    /// <summary>The scene.</summary>
    SceneId Scene { get; }

    /// <summary>The fence: only the highest epoch of a scene may write. Never given out twice, not even after the scene
    /// was forgotten.</summary>
    long Epoch { get; }

    /// <summary>Sequence number of the scene's last fact when this writer was opened; 0 for a new scene.</summary>
    long OpenedAfter { get; }

    /// <summary>Writes facts and messages, all of them or none, and gives the sequence number of the scene's last
    /// fact.</summary>
    /// <exception cref="StaleEpochException">A later writer has taken over, or the scene was forgotten.</exception>
    /// <exception cref="ArgumentException">The append is larger than <see cref="SceneAppend.MaxBytes"/>.</exception>
    ValueTask<long> AppendAsync(SceneAppend append, CancellationToken cancellation = default);
}
