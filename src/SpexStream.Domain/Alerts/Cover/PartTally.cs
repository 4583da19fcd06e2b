using System.Runtime.InteropServices;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>
/// Sums the connected parts (8 neighbours) of runs that come row by row, without keeping the rows: parts smaller than a
/// minimum are left out. Memory goes with the runs of one row.
/// </summary>
internal sealed class PartTally(double minimumSquareMetres)
{
    private const int CompactAt = 256;
    private readonly List<Part> _parts = [];
    private List<Piece> _above = [];
    private List<Piece> _row = [];
    private int _rowAbove = int.MinValue;
    private int _cursor;

    /// <summary>Square metres of all parts that are large enough and closed.</summary>
    public double SquareMetres { get; private set; }

    /// <summary>Square metres of the largest part, whatever its size.</summary>
    public double Largest { get; private set; }

    /// <summary>Starts a row; rows ascend and may be left out.</summary>
    public void BeginRow(int row)
    {
        (_above, _row) = (_row, _above);
        _row.Clear();
        if (row != _rowAbove + 1)
        {
            _above.Clear();
        }

        if (_parts.Count >= Math.Max(CompactAt, 4 * _above.Count))
        {
            CloseAllButTheRowAbove();
        }

        (_rowAbove, _cursor) = (row, 0);
    }

    /// <summary>Adds a run of the row; from the left, and with a gap to the one before.</summary>
    public void Add(int start, int end, double squareMetres)
    {
        while (_cursor < _above.Count && _above[_cursor].End < start)
        {
            _cursor++;
        }

        var part = -1;
        for (var i = _cursor; i < _above.Count && _above[i].Start <= end; i++)
        {
            part = part < 0 ? Root(_above[i].Part) : Union(part, Root(_above[i].Part));
        }

        if (part < 0)
        {
            part = _parts.Count;
            _parts.Add(new(part, 0));
        }

        ref var sum = ref CollectionsMarshal.AsSpan(_parts)[part];
        sum = sum with { SquareMetres = sum.SquareMetres + squareMetres };
        _row.Add(new(start, end, part));
    }

    /// <summary>Ends the last row.</summary>
    public void Complete()
    {
        _above.Clear();
        _row.Clear();
        CloseAllButTheRowAbove();
    }

    private void CloseAllButTheRowAbove()
    {
        var open = new Dictionary<int, int>();
        for (var i = 0; i < _above.Count; i++)
        {
            var root = Root(_above[i].Part);
            if (!open.TryGetValue(root, out var next))
            {
                open[root] = next = open.Count;
            }

            _above[i] = _above[i] with { Part = next };
        }

        var kept = new Part[open.Count];
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_parts[i].Parent != i)
            {
                continue;
            }

            if (open.TryGetValue(i, out var place))
            {
                kept[place] = new(place, _parts[i].SquareMetres);
                continue;
            }

            var area = _parts[i].SquareMetres;
            Largest = Math.Max(Largest, area);
            SquareMetres += area >= minimumSquareMetres ? area : 0;
        }

        _parts.Clear();
        _parts.AddRange(kept);
    }

    private int Root(int part)
    {
        var parts = CollectionsMarshal.AsSpan(_parts);
        while (parts[part].Parent != part)
        {
            parts[part] = parts[part] with { Parent = parts[parts[part].Parent].Parent };
            part = parts[part].Parent;
        }

        return part;
    }

    private int Union(int a, int b)
    {
        if (a == b)
        {
            return a;
        }

        var parts = CollectionsMarshal.AsSpan(_parts);
        (a, b) = a < b ? (a, b) : (b, a);
        parts[a] = parts[a] with { SquareMetres = parts[a].SquareMetres + parts[b].SquareMetres };
        parts[b] = new(a, 0);
        return a;
    }

    private readonly record struct Part(int Parent, double SquareMetres);

    private readonly record struct Piece(int Start, int End, int Part);
}
