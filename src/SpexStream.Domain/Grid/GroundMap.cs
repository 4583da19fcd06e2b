using System.Numerics;
using System.Runtime.Intrinsics;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Domain.Grid;

/// <summary>
/// Where the pixels of a scene lie on Earth. Exact on geographic grids; else interpolated between the nodes of a
/// lattice that is made finer until it is true to a hundredth of a pixel, so that a million corners cost no million
/// projections. Immutable; safe for any number of threads. Longitudes run on beyond 180 rather than jump.
/// </summary>
public sealed class GroundMap
{
    private const double WantedPixels = 0.01;
    private const int CoarsestSpacing = 256;
    private readonly Affine _transform;
    private readonly double[]? _longitudes;
    private readonly double[]? _latitudes;
    private readonly int _spacing;
    private readonly int _nodesAcross;

    private GroundMap(int width, int height, Affine transform)
    {
        (Width, Height, _transform) = (width, height, transform);
    }

    private GroundMap(int width, int height, Affine transform, int spacing, ICoordinateTransform crs)
        : this(width, height, transform)
    {
        _spacing = spacing;
        _nodesAcross = ((width + spacing - 1) / spacing) + 1;
        var nodesDown = ((height + spacing - 1) / spacing) + 1;
        _longitudes = new double[_nodesAcross * nodesDown];
        _latitudes = new double[_longitudes.Length];
        for (var i = 0; i < _longitudes.Length; i++)
        {
            (_longitudes[i], _latitudes[i]) = transform.ToCrs(
                i % _nodesAcross * (double)spacing, i / _nodesAcross * (double)spacing);
        }

        crs.ToLonLat(_longitudes, _latitudes);
        for (var i = 1; i < _longitudes.Length; i++)
        {
            _longitudes[i] += 360 * Math.Round((_longitudes[0] - _longitudes[i]) / 360);
        }
    }

    /// <summary>Scene width in pixels.</summary>
    public int Width { get; }

    /// <summary>Scene height in pixels.</summary>
    public int Height { get; }

    /// <summary>The map of a scene; null without a georeference, or where the projection has no answer.</summary>
    /// <exception cref="FormatException">The coordinate system is not understood.</exception>
    public static GroundMap? Create(
        int width, int height, Affine? transform, CoordinateSystem? crs, ICoordinateTransforms transforms)
    {
        if (transform is not { } affine || crs is null || affine.Determinant == 0)
        {
            return null;
        }

        if (crs.IsGeographic)
        {
            return new GroundMap(width, height, affine);
        }

        using var projection = transforms.ToLonLat(crs);
        for (var spacing = CoarsestSpacing; ; spacing /= 2)
        {
            var map = new GroundMap(width, height, affine, spacing, projection);
            if (map._longitudes!.Any(double.IsNaN))
            {
                return null;
            }

            if (spacing == 1 || map.LargestError(projection) <= WantedPixels)
            {
                return map;
            }
        }
    }

    /// <summary>Longitude and latitude of a pixel position (0, 0 is the upper left corner). Outside of the scene the
    /// outermost cell is continued.</summary>
    public LonLat At(double column, double row)
    {
        if (_longitudes is null)
        {
            var (x, y) = _transform.ToCrs(column, row);
            return new(x, y);
        }

        var cellX = Math.Clamp((int)(column / _spacing), 0, _nodesAcross - 2);
        var cellY = Math.Clamp((int)(row / _spacing), 0, (_longitudes.Length / _nodesAcross) - 2);
        var (fx, fy) = ((column / _spacing) - cellX, (row / _spacing) - cellY);
        var node = (cellY * _nodesAcross) + cellX;
        return new(Mix(_longitudes, node, fx, fy), Mix(_latitudes!, node, fx, fy));
    }

    /// <summary>Longitude and latitude of many pixel corners inside of the scene: the very numbers of
    /// <see cref="At(double, double)"/>, in a third of the time.</summary>
    /// <param name="corners">Column, row, column, row ...</param>
    /// <param name="positions">Longitude, latitude, longitude, latitude ...; as many.</param>
    public void At(ReadOnlySpan<int> corners, Span<double> positions)
    {
        if (_longitudes is null)
        {
            for (var i = 0; i + 1 < corners.Length; i += 2)
            {
                (positions[i], positions[i + 1]) = _transform.ToCrs(corners[i], corners[i + 1]);
            }

            return;
        }

        // The spacing is a power of two, so shifts and this product are as exact as divisions.
        var (shift, share) = (BitOperations.TrailingZeroCount(_spacing), 1.0 / _spacing);
        var (cell, lastX, lastY) = (default(Cell), _nodesAcross - 2, (_longitudes.Length / _nodesAcross) - 2);
        var current = -1;
        for (var i = 0; i + 1 < corners.Length; i += 2)
        {
            var (column, row) = (corners[i], corners[i + 1]);
            var (cellX, cellY) = (Math.Min(column >> shift, lastX), Math.Min(row >> shift, lastY));
            var node = (cellY * _nodesAcross) + cellX;
            if (node != current)
            {
                (cell, current) = (CellAt(node), node);
            }

            var upper = cell.Upper + (((column - (cellX << shift)) * share) * cell.UpperStep);
            var lower = cell.Lower + (((column - (cellX << shift)) * share) * cell.LowerStep);
            (upper + (((row - (cellY << shift)) * share) * (lower - upper))).CopyTo(positions[i..]);
        }
    }

    /// <summary>Corners of the whole scene, upper left first, then along the upper edge; not closed.</summary>
    public LonLat[] Footprint() => [At(0, 0), At(Width, 0), At(Width, Height), At(0, Height)];

    private Cell CellAt(int node)
    {
        var (upper, lower) = (NodeAt(node), NodeAt(node + _nodesAcross));
        return new(upper, NodeAt(node + 1) - upper, lower, NodeAt(node + _nodesAcross + 1) - lower);
    }

    private Vector128<double> NodeAt(int node) => Vector128.Create(_longitudes![node], _latitudes![node]);

    private double Mix(double[] nodes, int node, double fx, double fy)
    {
        var upper = nodes[node] + (fx * (nodes[node + 1] - nodes[node]));
        var below = node + _nodesAcross;
        var lower = nodes[below] + (fx * (nodes[below + 1] - nodes[below]));
        return upper + (fy * (lower - upper));
    }

    // The error of bilinear interpolation is largest in the middle of a cell; a few cells stand for all.
    private double LargestError(ICoordinateTransform projection)
    {
        const int Samples = 5;
        var largest = 0.0;
        for (var i = 0; i < Samples * Samples; i++)
        {
            var column = (Math.Floor((Width - 1) / (double)_spacing * (i % Samples) / (Samples - 1)) + 0.5) * _spacing;
            var row = (Math.Floor((Height - 1) / (double)_spacing * (i / Samples) / (Samples - 1)) + 0.5) * _spacing;
            var (x, y) = _transform.ToCrs(column, row);
            double[] lon = [x];
            double[] lat = [y];
            projection.ToLonLat(lon, lat);
            var (here, right, below) = (At(column, row), At(column + 1, row), At(column, row + 1));
            var pixel = Math.Max(Distance(here, right), Distance(here, below));
            lon[0] += 360 * Math.Round((here.Longitude - lon[0]) / 360);
            largest = Math.Max(largest, Distance(here, new(lon[0], lat[0])) / pixel);
        }

        return largest;
    }

    private static double Distance(LonLat a, LonLat b)
    {
        var east = (a.Longitude - b.Longitude) * Math.Cos(a.Latitude * Math.PI / 180);
        return Math.Sqrt((east * east) + ((a.Latitude - b.Latitude) * (a.Latitude - b.Latitude)));
    }

    // A cell's upper and lower edge: longitude and latitude of the left end, and how far it is to the right end.
    private readonly record struct Cell(
        Vector128<double> Upper, Vector128<double> UpperStep, Vector128<double> Lower, Vector128<double> LowerStep);
}
