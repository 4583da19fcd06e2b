using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Synthesis;

/// <summary>
/// A slowly changing field kept on every sixteenth pixel and read between by uniform cubic B-splines, which have no
/// kinks that relief shading would show.
/// </summary>
internal sealed class CoarseField
{
    private const int Step = 16;
    private const int Margin = 3;

    private readonly float[] _values;
    private readonly int _columns;
    private readonly int _rows;

    private CoarseField(int width, int height)
    {
        _columns = (width / Step) + (2 * Margin) + 2;
        _rows = (height / Step) + (2 * Margin) + 2;
        _values = new float[_columns * _rows];
    }

    /// <summary>Distance in pixels to the nearest stroke, by a two-pass chamfer transform (Borgefors 1986).</summary>
    public static CoarseField DistanceTo(int width, int height, ReadOnlySpan<Stroke> strokes)
    {
        var field = new CoarseField(width, height);
        Array.Fill(field._values, width + height);
        foreach (var stroke in strokes)
        {
            var column = (int)MathF.Round(stroke.X0 / Step) + Margin;
            var row = (int)MathF.Round(stroke.Y0 / Step) + Margin;
            if (column >= 0 && row >= 0 && column < field._columns && row < field._rows)
            {
                field._values[(row * field._columns) + column] = 0;
            }
        }

        field.Sweep(1);
        field.Sweep(-1);
        return field;
    }

    /// <summary>The value at a point.</summary>
    public float At(float x, float y)
    {
        Span<float> value = stackalloc float[1];
        Fill(new((int)x, (int)y, 1, 1), value);
        return value[0];
    }

    /// <summary>The values of a window.</summary>
    public void Fill(PixelWindow window, Span<float> plane)
    {
        Span<float> section = stackalloc float[4];
        for (var y = 0; y < window.Height; y++)
        {
            var (row, down) = Split(window.Row + y, _rows);
            var (n0, n1, n2, n3) = Weights(down);
            var loaded = -1;
            for (var x = 0; x < window.Width; x++)
            {
                var (column, along) = Split(window.Column + x, _columns);
                if (column != loaded)
                {
                    for (var k = 0; k < 4; k++)
                    {
                        var i = (row * _columns) + column + k;
                        section[k] = (n0 * _values[i]) + (n1 * _values[i + _columns])
                            + (n2 * _values[i + (2 * _columns)]) + (n3 * _values[i + (3 * _columns)]);
                    }

                    loaded = column;
                }

                var (m0, m1, m2, m3) = Weights(along);
                plane[(y * window.Width) + x] =
                    (m0 * section[0]) + (m1 * section[1]) + (m2 * section[2]) + (m3 * section[3]);
            }
        }
    }

    private static (int First, float Fraction) Split(int pixel, int count)
    {
        var grid = (pixel / (float)Step) + Margin - 1;
        var first = Math.Clamp((int)MathF.Floor(grid), 0, count - 4);
        return (first, Curves.Clamp01(grid - first));
    }

    private static (float A, float B, float C, float D) Weights(float t)
    {
        var u = 1 - t;
        return (
            u * u * u / 6,
            (4 - (6 * t * t) + (3 * t * t * t)) / 6,
            (4 - (6 * u * u) + (3 * u * u * u)) / 6,
            t * t * t / 6);
    }

    private void Sweep(int direction)
    {
        const float Straight = Step;
        const float Diagonal = Step * 1.4142f;
        for (var i = 0; i < _rows; i++)
        {
            var row = direction > 0 ? i : _rows - 1 - i;
            for (var j = 0; j < _columns; j++)
            {
                var column = direction > 0 ? j : _columns - 1 - j;
                var best = Value(column, row);
                best = MathF.Min(best, Value(column - direction, row) + Straight);
                best = MathF.Min(best, Value(column, row - direction) + Straight);
                best = MathF.Min(best, Value(column - direction, row - direction) + Diagonal);
                best = MathF.Min(best, Value(column + direction, row - direction) + Diagonal);
                _values[(row * _columns) + column] = best;
            }
        }
    }

    private float Value(int column, int row) => column < 0 || row < 0 || column >= _columns || row >= _rows
        ? float.MaxValue / 4
        : _values[(row * _columns) + column];
}
