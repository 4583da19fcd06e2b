using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;

namespace SpexStream.Domain.Retention;

/// <summary>One thing that could be deleted.</summary>
/// <param name="Class">What it is good for.</param>
/// <param name="Path">Full path of the file or folder; for facts the name of the scene.</param>
/// <param name="Bytes">Bytes that deleting it frees.</param>
/// <param name="Since">From when its age counts: when its scene was closed, or it was written last, whichever is
/// later.</param>
public sealed record RetentionItem(RetentionClass Class, string Path, long Bytes, DateTimeOffset Since)
{
    /// <summary>The scene it belongs to; null when it belongs to none.</summary>
    public SceneId? Scene { get; init; }

    /// <summary>How the scene stands; null when the journal does not know it.</summary>
    public SceneStanding? Standing { get; init; }

    /// <summary>Whether the broker has yet to acknowledge messages of the scene.</summary>
    public bool MessagesWait { get; init; }

    /// <summary>Sequence number of the scene's last fact when it was looked at; 0 where there is none.</summary>
    public long Sequence { get; init; }

    /// <summary>Revision of a product; 0 for everything else.</summary>
    public int Revision { get; init; }

    /// <summary>Name of the <see cref="RetentionVolume"/> it lies on.</summary>
    public string Volume { get; init; } = string.Empty;
}
