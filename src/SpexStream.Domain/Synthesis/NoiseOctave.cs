using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Synthesis;

/// <summary>
/// One octave of gradient noise (Perlin 1985, with the quintic blend of Perlin 2002), about -1..1 times its amplitude.
/// A whole row of a lattice cell shares its corners, so that a pixel costs a handful of multiplications.
/// </summary>
internal readonly struct NoiseOctave
{
    // Gradient noise with unit gradients stays within 0.71; this brings it to about 1.
    private const float Gain = 1.5f;
    private const int Directions = 64;

    private static readonly float[] DirectionX = [.. Enumerable.Range(0, Directions).Select(i => Turn(i).Cos)];
    private static readonly float[] DirectionY = [.. Enumerable.Range(0, Directions).Select(i => Turn(i).Sin)];

    private readonly float _frequency;
    private readonly float _amplitude;
    private readonly uint _seed;
    private readonly bool _billow;
    private readonly float _offsetX;
    private readonly float _offsetY;

    /// <summary>Creates an octave.</summary>
    /// <param name="wavelength">Lattice spacing in pixels.</param>
    /// <param name="amplitude">Largest value, about.</param>
    /// <param name="seed">Own seed of the octave.</param>
    /// <param name="billow">Whether to take 2|n| - 0.6: round tops with creases between them.</param>
    public NoiseOctave(float wavelength, float amplitude, uint seed, bool billow)
    {
        _frequency = 1 / wavelength;
        _amplitude = amplitude;
        _seed = seed;
        _billow = billow;
        // The noise is 0 on its lattice; shifted lattices keep the octaves from being 0 at the same places.
        _offsetX = 16 * CoordinateHash.Unit(seed, 1);
        _offsetY = 16 * CoordinateHash.Unit(seed, 2);
    }

    /// <summary>The value at a point.</summary>
    public float At(float x, float y)
    {
        var gridX = (x * _frequency) + _offsetX;
        var cell = MathF.Floor(gridX);
        return Shape(Cell((int)cell, (y * _frequency) + _offsetY).At(gridX - cell));
    }

    /// <summary>Adds the values of a window, row by row.</summary>
    public void AddTo(PixelWindow window, Span<float> plane)
    {
        for (var row = 0; row < window.Height; row++)
        {
            var gridY = ((window.Row + row) * _frequency) + _offsetY;
            AddRow(window.Column, gridY, plane.Slice(row * window.Width, window.Width));
        }
    }

    private void AddRow(int column, float gridY, Span<float> values)
    {
        var i = 0;
        while (i < values.Length)
        {
            var gridX = ((column + i) * _frequency) + _offsetX;
            var cell = MathF.Floor(gridX);
            var section = Cell((int)cell, gridY);
            do
            {
                values[i] += Shape(section.At(gridX - cell));
                i++;
                gridX = ((column + i) * _frequency) + _offsetX;
            }
            while (i < values.Length && gridX < cell + 1);
        }
    }

    private float Shape(float noise) => _amplitude * (_billow ? (2 * MathF.Abs(noise)) - 0.6f : noise);

    private Section Cell(int column, float gridY)
    {
        var floor = MathF.Floor(gridY);
        var row = (int)floor;
        var y = gridY - floor;
        var blend = Quintic(y);
        var left = Edge(column, row, y, blend);
        var right = Edge(column + 1, row, y, blend);
        return new(left.Base, left.Slope, right.Base, right.Slope);
    }

    private (float Base, float Slope) Edge(int column, int row, float y, float blend)
    {
        var upper = (int)(CoordinateHash.Of(_seed, column, row) % Directions);
        var lower = (int)(CoordinateHash.Of(_seed, column, row + 1) % Directions);
        return (
            Gain * Curves.Lerp(DirectionY[upper] * y, DirectionY[lower] * (y - 1), blend),
            Gain * Curves.Lerp(DirectionX[upper], DirectionX[lower], blend));
    }

    private static float Quintic(float t) => t * t * t * ((t * ((t * 6) - 15)) + 10);

    private static (float Cos, float Sin) Turn(int index)
    {
        var (sin, cos) = MathF.SinCos(2 * MathF.PI * index / Directions);
        return (cos, sin);
    }

    /// <summary>One row through one lattice cell: a straight line from each side, blended.</summary>
    private readonly record struct Section(float LeftBase, float LeftSlope, float RightBase, float RightSlope)
    {
        public float At(float x)
        {
            var left = LeftBase + (LeftSlope * x);
            var right = RightBase + (RightSlope * (x - 1));
            return left + ((right - left) * Quintic(x));
        }
    }
}
