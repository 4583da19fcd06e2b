using System.Globalization;
using System.Text;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;

namespace SpexStream.Raster.Vector;

/// <summary>The attributes of a region in vector files: names, and how they are read from the facts. Both formats write
/// the same ones, so that they cannot drift apart.</summary>
internal static class RegionFields
{
    /// <summary>Whole numbers.</summary>
    public static readonly (string Name, Func<RegionFacts, long> Value)[] Integers =
    [
        ("pixels", facts => facts.Pixels),
        ("confidence_p10", facts => facts.TenthPercentileConfidence),
        ("touches_edge", facts => facts.TouchesEdge ? 1 : 0),
        ("bounds_column", facts => facts.Bounds.Column),
        ("bounds_row", facts => facts.Bounds.Row),
        ("bounds_width", facts => facts.Bounds.Width),
        ("bounds_height", facts => facts.Bounds.Height),
    ];

    /// <summary>Real numbers; NaN is written as no value. Digits after the point are those the number
    /// deserves.</summary>
    public static readonly (string Name, int Digits, Func<RegionFacts, double> Value)[] Reals =
    [
        ("area_m2", 1, facts => facts.AreaSquareMetres),
        ("share", 8, facts => facts.Share),
        ("confidence_mean", 2, facts => facts.MeanConfidence),
        ("centroid_lon", 7, facts => facts.CentroidOnEarth?.Longitude ?? double.NaN),
        ("centroid_lat", 7, facts => facts.CentroidOnEarth?.Latitude ?? double.NaN),
        ("centroid_column", 3, facts => facts.Centroid.X),
        ("centroid_row", 3, facts => facts.Centroid.Y),
        ("ndwi", 4, facts => Index(facts, IndexKind.Ndwi)),
        ("ndvi", 4, facts => Index(facts, IndexKind.Ndvi)),
        ("mndwi", 4, facts => Index(facts, IndexKind.Mndwi)),
        ("ndbi", 4, facts => Index(facts, IndexKind.Ndbi)),
        ("spie_centroid_x", 3, facts => facts.Spie.Centroid.X),
        ("spie_centroid_y", 3, facts => facts.Spie.Centroid.Y),
    ];

    /// <summary>Words.</summary>
    public static readonly (string Name, Func<RegionFacts, string, string> Value)[] Texts =
    [
        ("id", (facts, _) => facts.Id),
        ("class", (facts, _) => facts.Class.Slug()),
        ("spie_size", (facts, _) => facts.Spie.Size),
        ("spie_location", (facts, _) => facts.Spie.Location),
        ("spie_box", (facts, _) => SpieBox(facts)),
        ("text", (_, text) => text),
    ];

    private static double Index(RegionFacts facts, IndexKind kind) =>
        facts.MeanIndex.TryGetValue(kind, out var value) ? value : double.NaN;

    private static string SpieBox(RegionFacts facts)
    {
        Span<byte> text = stackalloc byte[facts.Spie.Box.Length * 2 * (DecimalText.Longest + 1)];
        var length = 0;
        foreach (var corner in facts.Spie.Box)
        {
            if (length > 0)
            {
                text[length++] = (byte)' ';
            }

            length += Thousandths(text[length..], corner.X);
            text[length++] = (byte)',';
            length += Thousandths(text[length..], corner.Y);
        }

        return Encoding.ASCII.GetString(text[..length]);
    }

    private static int Thousandths(Span<byte> text, double fraction)
    {
        var scaled = Math.Round(fraction * 1000);
        if (scaled / 1000 == fraction && Math.Abs(scaled) < 1e15)
        {
            return DecimalText.Write(text, (long)scaled, 1000, 100_000);
        }

        _ = fraction.TryFormat(text, out var length, "0.###", CultureInfo.InvariantCulture);
        return length;
    }
}
