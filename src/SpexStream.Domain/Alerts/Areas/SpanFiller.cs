using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Alerts.Areas;

/// <summary>
/// Which pixels of a scene lie in an area: those whose centre does. A polygon is filled by the parity of its edges to
/// the left (holes are cut out whichever way rings turn), polygons are joined. A centre on an edge belongs to the area
/// on one side of it only, so that areas that share edges share no pixel and leave none out. Scratch of one thread.
/// </summary>
public sealed class SpanFiller
{
    private readonly GroundMap _map;
    private readonly ShapeProjector _projector;
    private readonly AreaBox _scene;
    private readonly List<RegionRun> _runs = [];
    private double[] _crossings = [];
    private int[] _rowFirst = [];

    /// <summary>Creates a filler for one scene.</summary>
    public SpanFiller(GroundMap map)
    {
        (_map, _projector, _scene) = (map, new(map), AreaIndex.BoxOf(map));
    }

    /// <summary>Fills an area.</summary>
    /// <returns>Null where the area has no place on the scene's grid.</returns>
    public AreaSpans? Fill(AreaOfInterest area)
    {
        _runs.Clear();
        var (whole, inside) = (0.0, true);
        foreach (var polygon in area.Polygons)
        {
            var turns = NearestTurn(polygon.Box);
            for (var turn = turns - 1; turn <= turns + 1; turn++)
            {
                var meets = polygon.Box.Turned(turn).Meets(_scene);
                if (!meets && turn != turns)
                {
                    continue;
                }

                if (!_projector.Project(polygon, turn))
                {
                    return null;
                }

                whole += turn == turns ? _projector.Pixels : 0;
                inside &= turn != turns || IsInside();
                Scan();
            }
        }

        return Build(area.Polygons.Length > 1, whole, inside);
    }

    private AreaSpans Build(bool mayOverlap, double whole, bool inside)
    {
        if (mayOverlap)
        {
            _runs.Sort((a, b) => a.Row != b.Row ? a.Row.CompareTo(b.Row) : a.Start.CompareTo(b.Start));
        }

        Join();
        return new([.. _runs], whole, inside);
    }

    // Runs of a row that meet or overlap become one.
    private void Join()
    {
        var kept = 0;
        var runs = CollectionsMarshal.AsSpan(_runs);
        for (var i = 0; i < runs.Length; i++)
        {
            if (kept > 0 && runs[kept - 1].Row == runs[i].Row && runs[i].Start <= runs[kept - 1].End)
            {
                runs[kept - 1] = runs[kept - 1] with { End = Math.Max(runs[kept - 1].End, runs[i].End) };
            }
            else
            {
                runs[kept++] = runs[i];
            }
        }

        CollectionsMarshal.SetCount(_runs, kept);
    }

    private void Scan()
    {
        var edges = CollectionsMarshal.AsSpan(_projector.Edges);
        var (top, bottom) = (_map.Height, 0);
        foreach (var edge in edges)
        {
            top = Math.Min(top, FirstCentre(edge.TopY));
            bottom = Math.Max(bottom, FirstCentre(edge.BottomY));
        }

        (top, bottom) = (Math.Max(top, 0), Math.Min(bottom, _map.Height));
        if (top >= bottom)
        {
            return;
        }

        var rows = bottom - top;
        Count(edges, top, rows);
        foreach (var edge in edges)
        {
            var last = Math.Min(FirstCentre(edge.BottomY), bottom);
            for (var row = Math.Max(FirstCentre(edge.TopY), top); row < last; row++)
            {
                _crossings[_rowFirst[row - top]++] = edge.At(row + 0.5);
            }
        }

        for (var (row, first) = (0, 0); row < rows; row++)
        {
            var crossings = _crossings.AsSpan(first, _rowFirst[row] - first);
            first = _rowFirst[row];
            crossings.Sort();
            for (var i = 0; i + 1 < crossings.Length; i += 2)
            {
                var (start, end) = (Math.Max(FirstCentre(crossings[i]), 0), FirstCentre(crossings[i + 1]));
                if (start < Math.Min(end, _map.Width))
                {
                    _runs.Add(new(top + row, start, Math.Min(end, _map.Width)));
                }
            }
        }
    }

    // Afterwards entry r is the place of the first crossing of row r; filling moves it to the end of its row.
    private void Count(ReadOnlySpan<PixelEdge> edges, int top, int rows)
    {
        if (_rowFirst.Length <= rows)
        {
            _rowFirst = new int[Math.Max(rows + 1, 2 * _rowFirst.Length)];
        }

        Array.Clear(_rowFirst, 0, rows + 1);
        foreach (var edge in edges)
        {
            var (from, to) = (FirstCentre(edge.TopY) - top, FirstCentre(edge.BottomY) - top);
            (from, to) = (Math.Clamp(from, 0, rows), Math.Clamp(to, 0, rows));
            _rowFirst[from]++;
            _rowFirst[to]--;
        }

        var (sum, active) = (0, 0);
        for (var row = 0; row < rows; row++)
        {
            active += _rowFirst[row];
            (_rowFirst[row], sum) = (sum, checked(sum + active));
        }

        if (_crossings.Length < sum)
        {
            _crossings = new double[Math.Max(sum, 2 * _crossings.Length)];
        }
    }

    private bool IsInside()
    {
        foreach (var edge in _projector.Edges)
        {
            if (edge.TopY < 0 || edge.BottomY > _map.Height
                || Math.Min(edge.TopX, edge.BottomX) < 0 || Math.Max(edge.TopX, edge.BottomX) > _map.Width)
            {
                return false;
            }
        }

        return true;
    }

    private int NearestTurn(AreaBox box) =>
        (int)Math.Round(((_scene.West + _scene.East) - (box.West + box.East)) / 720);

    // The first row or column whose centre lies on or behind a position.
    private static int FirstCentre(double position) =>
        (int)Math.Clamp(Math.Ceiling(position - 0.5), int.MinValue / 2, int.MaxValue / 2);
}
