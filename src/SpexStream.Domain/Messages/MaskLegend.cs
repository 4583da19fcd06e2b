using System.Collections.Immutable;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Messages;

/// <summary>The values of the product's rasters in words and colours, for <c>classification:classes</c>.</summary>
public static class MaskLegend
{
    /// <summary>Values of <c>diagnostics.tif</c>, lowest bit first.</summary>
    public static ImmutableArray<LegendBit> Diagnostics { get; } =
    [
        new(0, "mndwi", "MNDWI above its threshold"),
        new(1, "green-red", "Green and red together above NIR and SWIR1"),
        new(2, "awesh", "AWESH above 0"),
        new(3, "mndwi-moderate", "MNDWI moderate, SWIR1, NIR and NDVI low"),
        new(4, "mndwi-aggressive", "MNDWI low, blue, SWIR and NIR low"),
        new(5, "zou", "MNDWI above NDVI or EVI, EVI low"),
        new(6, "near-cloud", "Next to cloud"),
        new(7, "saturated", "One band saturated"),
    ];

    /// <summary>Values of <c>validity.tif</c>.</summary>
    public static ImmutableArray<LegendEntry> Validity { get; } =
    [
        new(0, "answered", "Every class was decided", "FFFFFF"),
        new(CoverCode.Nodata, "nodata", "Not measured", "000000"),
        new(CoverCode.Cloud, "cloud", "Cloud", "A6A6A6"),
        new(CoverCode.CloudShadow, "cloud-shadow", "Cloud shadow", "595959"),
        new(CoverCode.SnowIce, "snow-ice", "Snow or ice", "C8F0FF"),
        new(CoverCode.Saturated, "saturated", "Bands of the index saturated", "FF00FF"),
        new(CoverCode.UndefinedIndex, "undefined-index", "Index not defined", "FF8000"),
        new(CoverCode.TileFailed, "tile-failed", "Tile given up", "FF0000"),
        new(CoverCode.Undecided, "undecided", "The model is not sure", "FFFF00"),
    ];

    /// <summary>Values of a class mask.</summary>
    public static ImmutableArray<LegendEntry> Mask(LandCoverClass value)
    {
        var (name, colour) = value switch
        {
            LandCoverClass.Water => ("water", "0000FF"),
            LandCoverClass.Vegetation => ("vegetation", "00A000"),
            LandCoverClass.Buildings => ("buildings", "D03020"),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
        };
        var legend = ImmutableArray.CreateBuilder<LegendEntry>();
        legend.Add(new(MaskCode.No, $"not-{name}", "Not this class", "FFFFFF"));
        legend.Add(new(MaskCode.Yes, name, "This class", colour));
        if (value == LandCoverClass.Water)
        {
            legend.Add(new(MaskCode.Partial, "partial-water", "Partial surface water", "80C0FF"));
        }

        legend.Add(new(MaskCode.SnowIce, "snow-ice", "Snow or ice", "C8F0FF"));
        legend.Add(new(MaskCode.Cloud, "cloud", "Cloud or cloud shadow", "A6A6A6"));
        legend.Add(new(MaskCode.NoAnswer, "no-answer", "No answer, see validity", "FF00FF"));
        legend.Add(new(MaskCode.Nodata, "nodata", "Not measured", "000000"));
        return legend.ToImmutable();
    }
}
