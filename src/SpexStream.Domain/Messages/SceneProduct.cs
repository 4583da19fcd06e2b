using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Messages;

/// <summary>
/// The finished files of a scene (or of one strip of it) and all that their metadata say. Feeds both <c>item.json</c>
/// and the message of each class.
/// </summary>
public sealed record SceneProduct
{
    /// <summary>Collection, by <see cref="TopicLevel.Rule"/>.</summary>
    public required string Collection { get; init; }

    /// <summary>The satellite.</summary>
    public required PlatformId Platform { get; init; }

    /// <summary>Instruments; may be empty.</summary>
    public ImmutableArray<string> Instruments { get; init; } = [];

    /// <summary>The scene.</summary>
    public required SceneId Scene { get; init; }

    /// <summary>The strip; null for the whole scene.</summary>
    public int? Strip { get; init; }

    /// <summary>Revision, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>Whether later strips may change it.</summary>
    public required ProductStatus Status { get; init; }

    /// <summary>What it does to what was there before.</summary>
    public required ProductChange Change { get; init; }

    /// <summary>Sensing of the first row, UTC.</summary>
    public required DateTimeOffset SensingStart { get; init; }

    /// <summary>Sensing of the last row, UTC.</summary>
    public required DateTimeOffset SensingEnd { get; init; }

    /// <summary>When it was processed, UTC. A clock: no part of what the product says.</summary>
    public required DateTimeOffset ProcessedAt { get; init; }

    /// <summary>Ground covered at falling detail, finest first; empty without a CRS.</summary>
    public required ImmutableArray<GeoOutline> Outlines { get; init; }

    /// <summary>Box around it; null without a CRS.</summary>
    public required GeoBox? Bounds { get; init; }

    /// <summary>CRS as authority and code; null without a CRS, or for one without a code.</summary>
    public required string? ProjCode { get; init; }

    /// <summary>Size in pixels.</summary>
    public required SceneShape Shape { get; init; }

    /// <summary>Pixel to CRS; null without a CRS.</summary>
    public required Affine? Transform { get; init; }

    /// <summary>Pixel size on the ground in metres; null without a CRS.</summary>
    public required double? PixelSizeMetres { get; init; }

    /// <summary>The files.</summary>
    public required ImmutableArray<ProductAsset> Assets { get; init; }

    /// <summary>URI of the product's folder, with a slash at the end.</summary>
    public required string FolderHref { get; init; }

    /// <summary>Name of the Item's file in that folder.</summary>
    public string ItemFileName { get; init; } = "item.json";

    /// <summary>Area per class in square kilometres; empty without a CRS.</summary>
    public required ImmutableSortedDictionary<LandCoverClass, double> AreaSquareKilometres { get; init; }

    /// <summary>What could be seen.</summary>
    public required VisibilityShares Visibility { get; init; }

    /// <summary>Strips that made it in percent of those expected, 0..100.</summary>
    public required double CompletenessPercent { get; init; }

    /// <summary>Programs and libraries with versions: SpexStream first.</summary>
    public required ImmutableArray<SoftwareVersion> Software { get; init; }

    /// <summary>What decided.</summary>
    public required ModelFacts Model { get; init; }

    /// <summary>The announcements it was made from, as links of the relation "derived_from".</summary>
    public ImmutableArray<ItemLink> Sources { get; init; } = [];

    /// <summary>URI of the Item.</summary>
    public string ItemHref => FolderHref + ItemFileName;
}
