namespace SpexStream.Domain.Grid;

/// <summary>
/// Pixel to CRS coordinates, in GDAL's coefficient order:
/// <c>X = OriginX + Column * ColumnX + Row * RowX</c>, <c>Y = OriginY + Column * ColumnY + Row * RowY</c>.
/// Column and row count from the upper left corner of the upper left pixel; units are those of the CRS.
/// </summary>
public readonly record struct Affine(
    double OriginX, double ColumnX, double RowX, double OriginY, double ColumnY, double RowY)
{
    /// <summary>No georeference: one unit per pixel, rows downward.</summary>
    public static Affine Identity { get; } = new(0, 1, 0, 0, 0, 1);

    /// <summary>Area of one pixel in square CRS units; negative for a mirrored grid.</summary>
    public double Determinant => (ColumnX * RowY) - (RowX * ColumnY);

    /// <summary>Whether rows run along CRS x and columns along CRS y, without rotation.</summary>
    public bool IsAxisAligned => RowX == 0 && ColumnY == 0;

    /// <summary>CRS coordinates of a pixel position.</summary>
    public (double X, double Y) ToCrs(double column, double row) =>
        (OriginX + (column * ColumnX) + (row * RowX), OriginY + (column * ColumnY) + (row * RowY));

    /// <summary>Pixel position of CRS coordinates. The determinant must not be zero.</summary>
    public (double Column, double Row) ToPixel(double x, double y)
    {
        var dx = x - OriginX;
        var dy = y - OriginY;
        return (((dx * RowY) - (dy * RowX)) / Determinant, ((dy * ColumnX) - (dx * ColumnY)) / Determinant);
    }

    /// <summary>The same grid with its origin moved to another pixel.</summary>
    public Affine Shifted(double columns, double rows)
    {
        var (x, y) = ToCrs(columns, rows);
        return this with { OriginX = x, OriginY = y };
    }
}
