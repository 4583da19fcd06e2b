using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>Between two grids of one coordinate system.</summary>
/// <param name="newer">Pixels to CRS of the grid that is mapped from.</param>
/// <param name="older">Pixels to CRS of the grid that is mapped to; its determinant is not zero.</param>
public sealed class AffineMapping(Affine newer, Affine older) : IPixelMapping
{
    /// <inheritdoc/>
    public int StraightColumns => 256;

    /// <inheritdoc/>
    public PixelPoint? Map(double column, double row)
    {
        var (x, y) = newer.ToCrs(column, row);
        var (olderColumn, olderRow) = older.ToPixel(x, y);
        // Grids with the same origin must agree on borders between pixels to the last bit that counts.
        return new(Snapped(olderColumn), Snapped(olderRow));
    }

    private static double Snapped(double value)
    {
        const double Step = 1 << 20;
        return Math.Round(value * Step) / Step;
    }
}
