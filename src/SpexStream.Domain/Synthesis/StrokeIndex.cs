namespace SpexStream.Domain.Synthesis;

/// <summary>Finds the stroke at a pixel: strokes are listed in the square cells that they can touch.</summary>
internal sealed class StrokeIndex
{
    private const int CellSize = 32;
    private const float Reach = 1.5f;

    private readonly Stroke[] _strokes;
    private readonly int[] _starts;
    private readonly int[] _members;
    private readonly int _columns;
    private readonly int _rows;

    public StrokeIndex(int width, int height, IEnumerable<Stroke> strokes)
    {
        _strokes = [.. strokes];
        // One cell around the scene, as the sensor blur looks over its edge.
        _columns = (width / CellSize) + 3;
        _rows = (height / CellSize) + 3;
        _starts = new int[(_columns * _rows) + 1];
        foreach (var stroke in _strokes)
        {
            ForEachCell(stroke, cell => _starts[cell + 1]++);
        }

        for (var i = 1; i < _starts.Length; i++)
        {
            _starts[i] += _starts[i - 1];
        }

        _members = new int[_starts[^1]];
        var next = _starts.ToArray();
        for (var i = 0; i < _strokes.Length; i++)
        {
            ForEachCell(_strokes[i], cell => _members[next[cell]++] = i);
        }
    }

    /// <summary>Every stroke.</summary>
    public ReadOnlySpan<Stroke> Strokes => _strokes;

    /// <summary>The stroke that covers most of a pixel, as the covered share, the distance inward from its bank in
    /// pixels (negative outside) and its tint; share 0 when there is none.</summary>
    public (float Share, float Inward, float Tint) At(int x, int y)
    {
        var cell = ((((y / CellSize) + 1) * _columns) + (x / CellSize) + 1);
        if (x < 0 || y < 0)
        {
            cell = (Cell(y) * _columns) + Cell(x);
        }

        (float Share, float Inward, float Tint) best = (0, float.NegativeInfinity, 0);
        for (var i = _starts[cell]; i < _starts[cell + 1]; i++)
        {
            ref readonly var stroke = ref _strokes[_members[i]];
            var (distance, halfWidth) = stroke.To(x, y);
            if (halfWidth - distance > best.Inward)
            {
                best = (Curves.Band(distance, halfWidth), halfWidth - distance, stroke.Tint);
            }
        }

        return best;
    }

    private static int Cell(float coordinate) => (int)MathF.Floor(coordinate / CellSize) + 1;

    private void ForEachCell(Stroke stroke, Action<int> visit)
    {
        var reach = MathF.Max(stroke.HalfWidth0, stroke.HalfWidth1) + Reach;
        var left = Math.Max(Cell(MathF.Min(stroke.X0, stroke.X1) - reach), 0);
        var right = Math.Min(Cell(MathF.Max(stroke.X0, stroke.X1) + reach), _columns - 1);
        var top = Math.Max(Cell(MathF.Min(stroke.Y0, stroke.Y1) - reach), 0);
        var bottom = Math.Min(Cell(MathF.Max(stroke.Y0, stroke.Y1) + reach), _rows - 1);
        for (var row = top; row <= bottom; row++)
        {
            for (var column = left; column <= right; column++)
            {
                visit((row * _columns) + column);
            }
        }
    }
}
