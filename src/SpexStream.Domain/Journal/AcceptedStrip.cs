using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Journal;

/// <summary>A strip as it was accepted: enough to hand it to the pipeline again without its announcement.</summary>
public sealed record AcceptedStrip
{
    /// <summary>Which strip, with which content.</summary>
    public required StripKey Key { get; init; }

    /// <summary>First row, counted as <see cref="SceneFact"/> says.</summary>
    public required int RowOffset { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Identity of the content; equal content is a duplicate.</summary>
    public required string ContentId { get; init; }

    /// <summary>What the raster store opens.</summary>
    public required string Path { get; init; }

    /// <summary>Size of the file; null when unknown.</summary>
    public required long? Bytes { get; init; }

    /// <summary>Digest of the file as it was verified; null when none was announced.</summary>
    public required ContentChecksum? Checksum { get; init; }

    /// <summary>How much the strip matters.</summary>
    public required StripTier Tier { get; init; }

    /// <summary>Revision that the announcement gave itself, from 1.</summary>
    public required int AnnouncedRevision { get; init; }

    /// <summary>First moment sensed, UTC.</summary>
    public required DateTimeOffset SensedFrom { get; init; }

    /// <summary>Last moment sensed, UTC.</summary>
    public required DateTimeOffset SensedTo { get; init; }

    /// <summary>Whether it was announced as the last of its pass.</summary>
    public required bool EndsPass { get; init; }

    /// <summary>The file's header.</summary>
    public required StripHeader Header { get; init; }

    /// <summary>0-based bands of the file, one for each band of the scene's imagery.</summary>
    public required ImmutableArray<int> FileBands { get; init; }

    /// <summary>The strip in the words of the scene's life.</summary>
    public StripEntry Entry() => new(Key.Index, RowOffset, Height, ContentId)
    {
        Tier = Tier,
        AnnouncedRevision = AnnouncedRevision,
        SensedTo = SensedTo,
    };

    /// <summary>What has to be kept of a strip that a scene takes.</summary>
    /// <param name="delivery">The strip.</param>
    /// <param name="revision">Which content of its index it is, from 1.</param>
    public static AcceptedStrip Of(StripDelivery delivery, int revision) => new()
    {
        Key = new(delivery.Strip.Index, revision),
        RowOffset = delivery.Strip.RowOffset,
        Height = delivery.Strip.Height,
        ContentId = delivery.Strip.ContentId,
        Path = delivery.Path,
        Bytes = delivery.Stamp?.Bytes,
        Checksum = null,
        Tier = delivery.Strip.Tier,
        AnnouncedRevision = delivery.Strip.AnnouncedRevision,
        SensedFrom = delivery.Scene.SensedFrom,
        SensedTo = delivery.Strip.SensedTo ?? delivery.Scene.SensedTo,
        EndsPass = delivery.EndsPass,
        Header = StripHeader.Of(delivery.Info),
        FileBands = delivery.FileBands,
    };

    /// <summary>The strip ready for the pipeline, as it was when it came.</summary>
    /// <param name="scene">The scene that took it.</param>
    public StripDelivery Delivery(SceneSpec scene) =>
        new(scene, Entry(), Path, Header.Info(Path, scene.Crs), FileBands, EndsPass);
}
