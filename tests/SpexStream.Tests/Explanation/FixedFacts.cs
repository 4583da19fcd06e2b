using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Explanation;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;

namespace SpexStream.Tests.Explanation;

/// <summary>
/// Scenes whose numbers the table of sentences is written against. The county: 600 x 600 pixels of 10 m, north up; 80 %
/// clear, 10 % cloud, 5 % shadow, 1 % no answer, 4 % no data. Three lakes (72 ha top-left, 28.8 ha center, 3.6 ha
/// bottom-right), one huge forest, no buildings.
/// </summary>
internal static class FixedFacts
{
    private static readonly VisibilityFacts Seen = new(288000, 36000, 18000, 0, 3600, 14400);

    public static RegionFacts TopLake { get; } =
        Region(LandCoverClass.Water, 0, 7200, new(100, 100), new(40, 50, 120, 100), "large", "top-left", 82, 60, true);

    public static RegionFacts MiddleLake { get; } = Region(
        LandCoverClass.Water, 1, 2880, new(310, 290), new(280, 260, 60, 60), "somewhat large", "center", 70, 55, false);

    public static RegionFacts Pond { get; } = Region(
        LandCoverClass.Water, 2, 360, new(520, 540), new(510, 530, 20, 20), "very tiny", "bottom-right", 45, 30, false);

    public static RegionFacts Forest { get; } = Region(LandCoverClass.Vegetation, 0, 172800, new(300, 320),
        new(30, 60, 540, 540), "huge", "center", 90, 71, true);

    public static ClassFacts Water { get; } = Class(LandCoverClass.Water, [TopLake, MiddleLake, Pond], 75) with
    {
        PartialPixels = 120,
        Thresholds = [new(LandCoverClass.Water, "NDWI", 0.22, true)],
    };

    public static ClassFacts Vegetation { get; } = Class(LandCoverClass.Vegetation, [Forest], 90);

    public static ClassFacts Buildings { get; } = Class(LandCoverClass.Buildings, [], double.NaN);

    /// <summary>All classes of the county, on none in particular.</summary>
    public static FactSheet County { get; } = FactSheet.ForAll([Water, Vegetation, Buildings], northUp: true);

    /// <summary>The upper lake.</summary>
    public static FactSheet Lake { get; } = FactSheet.ForRegion(TopLake, Water, true, Vegetation, Buildings);

    /// <summary>Water alone, 34 regions of which three are listed, not screened for cloud, preliminary, 80 % of the
    /// strips, not north up, without a CRS.</summary>
    public static FactSheet Draft { get; } = FactSheet.ForScene(
        Water with
        {
            RegionCount = 34,
            Pixels = 10440 + 3000,
            AreaSquareMetres = double.NaN,
            Largest = [.. Water.Largest.Select(
                region => region with { AreaSquareMetres = double.NaN, CentroidOnEarth = null })],
            Radiometry = RadiometryLevel.Uncalibrated,
            Visibility = new(345600, 0, 0, 0, 0, 14400),
            CentreOnEarth = null,
            CompletenessPercent = 80,
            IsPreliminary = true,
        },
        northUp: false);

    /// <summary>Water alone under closed cloud.</summary>
    public static FactSheet Overcast { get; } = FactSheet.ForScene(
        Class(LandCoverClass.Water, [], double.NaN) with { Visibility = new(0, 360000, 0, 0, 0, 0) }, northUp: true);

    private static ClassFacts Class(LandCoverClass value, ImmutableArray<RegionFacts> regions, double confidence) =>
        new()
        {
            Class = value,
            Extent = new(0, 0, 600, 600),
            Pixels = regions.Sum(region => region.Pixels),
            PartialPixels = 0,
            AreaSquareMetres = regions.Sum(region => region.AreaSquareMetres),
            Visibility = Seen,
            RegionCount = regions.Length,
            Largest = regions,
            MeanConfidence = confidence,
            MeanIndex = ImmutableSortedDictionary<IndexKind, double>.Empty.Add(IndexKind.Ndwi, 0.38),
            Thresholds = [],
            Radiometry = RadiometryLevel.SurfaceReflectance,
            CentreOnEarth = new LonLat(12.5, 54),
            CompletenessPercent = 100,
            IsPreliminary = false,
            Remarks = [],
        };

    private static RegionFacts Region(
        LandCoverClass value, int rank, long pixels, PixelPoint centroid, PixelWindow bounds,
        string size, string location, double confidence, int tenth, bool touchesEdge) => new()
        {
            Id = $"county-{value.Slug()}-{rank}",
            Class = value,
            Pixels = pixels,
            AreaSquareMetres = pixels * 100,
            Share = pixels / 288000.0,
            Bounds = bounds,
            Centroid = centroid,
            CentroidOnEarth = new LonLat(12.5 + ((centroid.X - 300) * 0.00015), 54 - ((centroid.Y - 300) * 0.0001)),
            TouchesEdge = touchesEdge,
            MeanConfidence = confidence,
            TenthPercentileConfidence = tenth,
            MeanIndex = ImmutableSortedDictionary<IndexKind, double>.Empty.Add(IndexKind.Ndwi, 0.41),
            Spie = new(size, new(centroid.X / 600, centroid.Y / 600), location, [default, default, default, default]),
        };
}
