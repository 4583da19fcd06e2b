using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Regions;

/// <summary>Pixels of a projected grid, all of one area; the projection's distortion is not taken out.</summary>
public sealed class PlanarPixelArea : IPixelArea
{
    private readonly double _area;

    /// <summary>Creates the area of a grid's pixels.</summary>
    /// <param name="grid">Pixel to CRS coordinates.</param>
    /// <param name="metresPerUnit">Length of the CRS's unit in metres.</param>
    public PlanarPixelArea(Affine grid, double metresPerUnit) =>
        _area = Math.Abs(grid.Determinant) * metresPerUnit * metresPerUnit;

    /// <inheritdoc/>
    public double SquareMetres(int row) => _area;
}
