using System.Collections.Immutable;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Messages;

/// <summary>A scene was opened, closed or revised.</summary>
public sealed record SceneNotice
{
    /// <summary>What happened.</summary>
    public required SceneNoticeKind Kind { get; init; }

    /// <summary>The satellite.</summary>
    public required PlatformId Platform { get; init; }

    /// <summary>The scene.</summary>
    public required SceneId Scene { get; init; }

    /// <summary>Revision, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>Sensing of the first row known, UTC.</summary>
    public required DateTimeOffset SensingStart { get; init; }

    /// <summary>Sensing of the last row known, UTC.</summary>
    public required DateTimeOffset SensingEnd { get; init; }

    /// <summary>Strips that made it.</summary>
    public required int StripsReceived { get; init; }

    /// <summary>Strips of the whole scene; null when unknown.</summary>
    public required int? StripsExpected { get; init; }

    /// <summary>Strips that were given up, ascending.</summary>
    public ImmutableArray<int> MissingStrips { get; init; } = [];

    /// <summary>Strips that made it in percent of those expected, 0..100.</summary>
    public required double CompletenessPercent { get; init; }

    /// <summary>Pixels without an answer because their tile failed and was given up, in percent of all,
    /// 0..100.</summary>
    public double GivenUpPercent { get; init; }

    /// <summary>Whether a model whose weights were drawn at random answers for the scene.</summary>
    public bool IsUntrained { get; init; }

    /// <summary>Why it was closed; null when it was opened or revised.</summary>
    public CloseReason? Reason { get; init; }

    /// <summary>The ground covered at falling detail, finest first; empty without a CRS.</summary>
    public ImmutableArray<GeoOutline> Outlines { get; init; } = [];

    /// <summary>Box around it; null without a CRS.</summary>
    public GeoBox? Bounds { get; init; }

    /// <summary>Links to the product; may be empty.</summary>
    public ImmutableArray<ItemLink> Links { get; init; } = [];

    /// <summary>Whether later strips may change the scene's products.</summary>
    public ProductStatus Status =>
        Kind == SceneNoticeKind.Opened ? ProductStatus.Preliminary : ProductStatus.Final;
}
