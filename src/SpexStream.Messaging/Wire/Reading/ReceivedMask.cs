using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Wire.Reading;

/// <summary>What a subscriber needs of a product's message.</summary>
public sealed record ReceivedMask
{
    public required string ItemId { get; init; }

    public required SceneId Scene { get; init; }

    public required PlatformId Platform { get; init; }

    public int? Strip { get; init; }

    public required int Revision { get; init; }

    public required ProductStatus Status { get; init; }

    public required ProductChange Change { get; init; }

    public required double CompletenessPercent { get; init; }

    public required DateTimeOffset SensingStart { get; init; }

    public required DateTimeOffset SensingEnd { get; init; }

    /// <summary>Area per class in square kilometres.</summary>
    public required ImmutableSortedDictionary<LandCoverClass, double> AreaSquareKilometres { get; init; }

    public GeoGeometry? Geometry { get; init; }

    public GeoBox? Bounds { get; init; }

    /// <summary>Files by key: "mask", "confidence" ...</summary>
    public required ImmutableSortedDictionary<string, ReceivedAsset> Assets { get; init; }

    public required ImmutableArray<ItemLink> Links { get; init; }
}
