using SpexStream.Domain.Explanation.Reading;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Where a region lies on the image, against a place in words.</summary>
internal static class Position
{
    /// <summary>Whether the centroid lies in the place, or, for a region said to extend, any part of its
    /// bounds.</summary>
    public static bool IsIn(RegionFacts region, PixelWindow extent, PlaceArea place, bool extends)
    {
        if (extends && place.Meets(
            X(region.Bounds.Column, extent), Y(region.Bounds.Row, extent),
            X(region.Bounds.Right, extent), Y(region.Bounds.Bottom, extent)))
        {
            return true;
        }

        return place.Holds(RegionPlace.Field(region, extent), X(region.Centroid.X, extent),
            Y(region.Centroid.Y, extent));
    }

    /// <summary>1 when all of the region's bounds lie in the place, 0 when none of them, else null.</summary>
    public static bool? IsWhollyIn(RegionFacts region, PixelWindow extent, PlaceArea place)
    {
        double left = X(region.Bounds.Column, extent), top = Y(region.Bounds.Row, extent);
        double right = X(region.Bounds.Right, extent), bottom = Y(region.Bounds.Bottom, extent);
        if (left >= place.Left && right <= place.Right && top >= place.Top && bottom <= place.Bottom)
        {
            return true;
        }

        return place.Meets(left, top, right, bottom) ? null : false;
    }

    private static double X(double column, PixelWindow extent) => (column - extent.Column) / Math.Max(1, extent.Width);

    private static double Y(double row, PixelWindow extent) => (row - extent.Row) / Math.Max(1, extent.Height);
}
