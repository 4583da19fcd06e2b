using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Pixels of a geographic grid (degrees, rows along parallels) on the WGS 84 ellipsoid. The zone between two parallels
/// is exact: a^2 (q2 - q1) / 2 per radian of longitude, with q of Snyder 1987, "Map Projections: A Working Manual",
/// USGS Professional Paper 1395, equation 3-12.
/// </summary>
public sealed class EllipsoidalPixelArea : IPixelArea
{
    private const double SemiMajorMetres = 6378137.0;
    private const double Flattening = 1 / 298.257223563;
    private static readonly double SquaredEccentricity = Flattening * (2 - Flattening);
    private static readonly double Eccentricity = Math.Sqrt(SquaredEccentricity);
    private readonly double _originLatitude;
    private readonly double _degreesPerRow;
    private readonly double _factor;

    /// <summary>Creates the areas of a grid's rows.</summary>
    /// <param name="grid">Pixel to longitude and latitude in degrees; axis-aligned.</param>
    /// <exception cref="ArgumentException">Rows do not follow parallels.</exception>
    public EllipsoidalPixelArea(Affine grid)
    {
        if (!grid.IsAxisAligned)
        {
            throw new ArgumentException("Rows must follow parallels.", nameof(grid));
        }

        (_originLatitude, _degreesPerRow) = (grid.OriginY, grid.RowY);
        _factor = SemiMajorMetres * SemiMajorMetres / 2 * Math.Abs(grid.ColumnX) * (Math.PI / 180);
    }

    /// <inheritdoc/>
    public double SquareMetres(int row) => _factor * Math.Abs(Q(Latitude(row)) - Q(Latitude(row + 1)));

    private double Latitude(int line) => _originLatitude + (line * _degreesPerRow);

    private static double Q(double latitude)
    {
        // A grid may reach a little beyond a pole; there is no ground.
        var sine = Math.Sin(Math.Clamp(latitude, -90, 90) * (Math.PI / 180));
        var e = Eccentricity * sine;
        return (1 - SquaredEccentricity) * ((sine / (1 - (e * e))) + (Math.Atanh(e) / Eccentricity));
    }
}
