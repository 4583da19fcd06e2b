using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Announcements;

/// <summary>
/// A strip of a scene is there to be read. Immutable; holds what its sender said, checked for form but not against the
/// raster.
/// </summary>
public sealed record StripAnnouncement
{
    /// <summary>Lowest and default-first revision of an announcement.</summary>
    public const int FirstRevision = 1;

    /// <summary>Priority when none is given, on a scale of 0 (last) to 9 (first).</summary>
    public const int DefaultPriority = 5;

    /// <summary>Id of the Item, by <see cref="TopicLevel.Rule"/>.</summary>
    public required string ItemId { get; init; }

    /// <summary>The scene this strip belongs to.</summary>
    public required SceneId Scene { get; init; }

    /// <summary>The satellite.</summary>
    public required PlatformId Platform { get; init; }

    /// <summary>Place along the track, 0-based.</summary>
    public required int StripIndex { get; init; }

    /// <summary>Sensing of the first row, UTC.</summary>
    public required DateTimeOffset SensingStart { get; init; }

    /// <summary>Sensing of the last row, UTC; not before the start.</summary>
    public required DateTimeOffset SensingEnd { get; init; }

    /// <summary>The raster.</summary>
    public required StripAsset Data { get; init; }

    /// <summary>A higher number replaces what was announced for the same strip before; 1 when not given.</summary>
    public int Revision { get; init; } = FirstRevision;

    /// <summary>Instruments by name; may be empty.</summary>
    public ImmutableArray<string> Instruments { get; init; } = [];

    /// <summary>Strips of the whole scene; null when unknown.</summary>
    public int? StripCount { get; init; }

    /// <summary>First row of the strip in its scene; null when the geotransform decides.</summary>
    public int? RowOffset { get; init; }

    /// <summary>Size of the whole scene; null when the geotransform decides.</summary>
    public SceneShape? SceneShape { get; init; }

    /// <summary>How much the strip matters.</summary>
    public StripTier Tier { get; init; } = StripTier.Wanted;

    /// <summary>0 (last) to 9 (first).</summary>
    public int Priority { get; init; } = DefaultPriority;

    /// <summary>When the scene's product is due, UTC; null without a deadline.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Words for the language model; null for the default.</summary>
    public string? Instruction { get; init; }

    /// <summary>W3C trace context of the event that it came in; null when absent or malformed.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Whether it is the last strip of this pass along the track. Those before it may arrive later.</summary>
    public bool IsLast { get; init; }

    /// <summary>CRS as authority and code ("EPSG:32633"); null when the file decides.</summary>
    public string? ProjCode { get; init; }

    /// <summary>What the samples are, where the sender says so; null when not. Never guessed.</summary>
    public RadiometryLevel? Radiometry { get; init; }

    /// <summary>Ground covered; null when not given.</summary>
    public GeoOutline? Footprint { get; init; }

    /// <summary>Box around the ground covered; null when not given.</summary>
    public GeoBox? Bounds { get; init; }

    /// <summary>Links of the Item, as given.</summary>
    public ImmutableArray<ItemLink> Links { get; init; } = [];

    /// <summary>The sensor as a topic level: the first instrument that can be one, else "unknown".</summary>
    public string Sensor => Instruments.FirstOrDefault(name => TopicLevel.IsValid(name)) ?? "unknown";
}
