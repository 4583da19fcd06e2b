using SpexStream.Domain.Grid;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation;

/// <summary>Where a region lies: its field of the image, and its position on Earth where that is known.</summary>
internal static class RegionPlace
{
    /// <summary>"the top-left at 54.123° N, 12.345° E"; <paramref name="whole"/> follows the field's word.</summary>
    public static string Of(RegionFacts region, PixelWindow extent, string whole)
    {
        var position = region.CentroidOnEarth is { } earth ? $" at {Figures.Position(earth)}" : "";
        return $"the {Field(region, extent).Word}{whole}{position}";
    }

    /// <summary>The field of the SPIE word, or of the centroid where that word is none of the nine.</summary>
    public static ImageField Field(RegionFacts region, PixelWindow extent) =>
        ImageField.Find(region.Spie.Location) ?? ImageField.At(
            (region.Centroid.X - extent.Column) / Math.Max(1, extent.Width),
            (region.Centroid.Y - extent.Row) / Math.Max(1, extent.Height));
}
