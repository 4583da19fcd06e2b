using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Retention;

/// <summary>What looks like left behind by a process that died.</summary>
/// <param name="Path">Where it lies.</param>
internal sealed record FoundOrphan(string Path)
{
    /// <summary>The scene that its name tells; null when it tells none.</summary>
    public SceneId? Scene { get; init; }

    /// <summary>The epoch that its name tells; null when it tells none.</summary>
    public long? Epoch { get; init; }
}
