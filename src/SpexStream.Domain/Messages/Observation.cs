using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Messages;

/// <summary>
/// A fact on a region, a strip or a scene, with the numbers behind it and its explanation. Holds no clock but sensing
/// time: when it is said stands in the envelope.
/// </summary>
public sealed record Observation
{
    /// <summary>The level that stands for "no area of interest applies".</summary>
    public const string EveryArea = "all";

    /// <summary>What it speaks of.</summary>
    public required ObservationKind Kind { get; init; }

    /// <summary>The class.</summary>
    public required ProductClass Class { get; init; }

    /// <summary>The satellite.</summary>
    public required PlatformId Platform { get; init; }

    /// <summary>The scene.</summary>
    public required SceneId Scene { get; init; }

    /// <summary>The strip of a strip summary; null for the whole scene.</summary>
    public int? Strip { get; init; }

    /// <summary>Id of the region; null for a summary.</summary>
    public string? RegionId { get; init; }

    /// <summary>Area of interest, by <see cref="TopicLevel.Rule"/>.</summary>
    public string Aoi { get; init; } = EveryArea;

    /// <summary>Revision of the scene, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>Whether later strips may change it.</summary>
    public required ProductStatus Status { get; init; }

    /// <summary>Sensing of the first row, UTC.</summary>
    public required DateTimeOffset SensingStart { get; init; }

    /// <summary>Sensing of the last row, UTC.</summary>
    public required DateTimeOffset SensingEnd { get; init; }

    /// <summary>The same outline at falling detail, finest first, each valid by itself; empty without a CRS.</summary>
    public required ImmutableArray<GeoOutline> Outlines { get; init; }

    /// <summary>Box around it; null without a CRS.</summary>
    public required GeoBox? Bounds { get; init; }

    /// <summary>Its centre; null without a CRS.</summary>
    public required LonLat? Centre { get; init; }

    /// <summary>Area of the class on the ground in square metres; NaN without a CRS.</summary>
    public required double AreaSquareMetres { get; init; }

    /// <summary>Share of the clearly seen pixels, 0..1; NaN when none was seen.</summary>
    public required double Fraction { get; init; }

    /// <summary>Confidence; null when no pixel has the class.</summary>
    public required ConfidenceFacts? Confidence { get; init; }

    /// <summary>The numbers behind it.</summary>
    public ImmutableArray<EvidenceItem> Evidence { get; init; } = [];

    /// <summary>Bits of the spectral tests that hold for most pixels; null when not counted.</summary>
    public int? DiagnosticBits { get; init; }

    /// <summary>The fact in words; null when there are none.</summary>
    public ExplanationText? Explanation { get; init; }

    /// <summary>What decided.</summary>
    public ModelFacts? Model { get; init; }

    /// <summary>What could be seen.</summary>
    public required VisibilityShares Visibility { get; init; }

    /// <summary>Strips that made it in percent of those expected, 0..100.</summary>
    public required double CompletenessPercent { get; init; }

    /// <summary>Number of regions of a scene summary; null otherwise.</summary>
    public int? RegionCount { get; init; }

    /// <summary>The part of the scene it speaks of, in pixels.</summary>
    public PixelWindow? Window { get; init; }

    /// <summary>Remarks of the backend; may be empty.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>Links to the product; the first one must lead to all that a small message leaves out.</summary>
    public ImmutableArray<ItemLink> Links { get; init; } = [];

    /// <summary>The stable key.</summary>
    public DataId DataId(StationId station) =>
        Messages.DataId.OfObservation(station, Platform, Scene, Strip, Class, Aoi, Subject);

    private string Subject
    {
        get
        {
            if (RegionId is not { } region)
            {
                return "summary";
            }

            // A region's id is ours but may be longer than a level may be.
            return TopicLevel.IsValid(region)
                ? region
                : "r-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(region)))[..32];
        }
    }
}
