using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// Area of the pixels of any grid on the WGS 84 ellipsoid: a strip of pixels around the scene's middle column is mapped
/// to longitude and latitude and measured between its parallels (trapezoid rule on the authalic latitude's
/// differential).
/// </summary>
internal sealed class MappedPixelArea(GroundMap map) : IPixelArea
{
    private const double SemiMajorMetres = 6378137.0;
    private const double SquaredEccentricity = 0.00669437999014;

    public double SquareMetres(int row)
    {
        var column = map.Width / 2.0;
        // Over one pixel the lattice's rounding would show; over a short run of pixels it cancels.
        var reach = Math.Min(32, Math.Max(1, Math.Min(map.Width, map.Height) / 2));
        var (left, right) = (map.At(column - reach, row + 0.5), map.At(column + reach, row + 0.5));
        var (upper, lower) = (map.At(column, row + 0.5 - reach), map.At(column, row + 0.5 + reach));
        var latitude = map.At(column, row + 0.5).Latitude * Math.PI / 180;
        var sine = Math.Sin(latitude);
        var w = 1 - (SquaredEccentricity * sine * sine);
        // Radii of curvature: prime vertical and meridian (Snyder 1987, equations 4-20 and 4-19).
        var prime = SemiMajorMetres / Math.Sqrt(w);
        var meridian = SemiMajorMetres * (1 - SquaredEccentricity) / (w * Math.Sqrt(w));
        var radians = Math.PI / 180 / (2 * reach);
        var (eastX, northX) = (
            (right.Longitude - left.Longitude) * radians, (right.Latitude - left.Latitude) * radians);
        var (eastY, northY) = (
            (lower.Longitude - upper.Longitude) * radians, (lower.Latitude - upper.Latitude) * radians);
        return Math.Abs((eastX * northY) - (eastY * northX)) * prime * Math.Cos(latitude) * meridian;
    }
}
