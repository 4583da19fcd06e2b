using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Alerts.Areas;

/// <summary>
/// Finds the areas that may lie on a scene: an R-tree over the boxes of their polygons, packed once by sorting tiles
/// (Leutenegger, Lopez, Edgington: STR, ICDE 1997). Immutable; safe for any number of threads.
/// </summary>
public sealed class AreaIndex
{
    private const int Fan = 16;
    private readonly AreaBox[] _boxes;
    private readonly int[] _areas;
    private readonly int[] _levelFirst;
    private readonly Dictionary<AreaId, AreaOfInterest> _byId = [];

    /// <summary>Packs the tree, in n log n steps.</summary>
    public AreaIndex(ImmutableArray<AreaOfInterest> areas)
    {
        Areas = areas;
        var leaves = new List<(AreaBox Box, int Area)>(areas.Length);
        for (var i = 0; i < areas.Length; i++)
        {
            leaves.AddRange(areas[i].Polygons.Select(polygon => (polygon.Box, i)));
            _byId.TryAdd(areas[i].Id, areas[i]);
        }

        var packed = Packed(leaves);
        _areas = [.. packed.Select(leaf => leaf.Area)];
        var boxes = packed.ConvertAll(leaf => leaf.Box);
        var firsts = new List<int> { 0 };
        for (var (first, count) = (0, boxes.Count); count > 1;)
        {
            var parents = (count + Fan - 1) / Fan;
            firsts.Add(boxes.Count);
            for (var parent = 0; parent < parents; parent++)
            {
                var children = boxes.GetRange(first + (parent * Fan), Math.Min(Fan, count - (parent * Fan)));
                boxes.Add(children.Aggregate((a, b) => a.With(b)));
            }

            (first, count) = (first + count, parents);
        }

        (_boxes, _levelFirst) = ([.. boxes], [.. firsts]);
    }

    /// <summary>The areas, in the order of their numbers.</summary>
    public ImmutableArray<AreaOfInterest> Areas { get; }

    /// <summary>An area by its id; one that is not known any more has that as its name, and no polygons.</summary>
    public AreaOfInterest Named(AreaId id) => _byId.GetValueOrDefault(id) ?? new(id, id.Value, []);

    /// <summary>Numbers of the areas with a box that meets another, ascending, each once.</summary>
    /// <param name="box">Longitudes may run on beyond 180; it is looked for whole turns further as well.</param>
    public int[] Meeting(AreaBox box)
    {
        var found = new SortedSet<int>();
        for (var turns = -2; turns <= 2; turns++)
        {
            Search(box.Turned(turns), _levelFirst.Length - 1, 0, found);
        }

        return [.. found];
    }

    /// <summary>Numbers of the areas that may lie on a scene, by the box around its edge.</summary>
    public int[] On(GroundMap map) => Meeting(BoxOf(map));

    /// <summary>The box around a scene.</summary>
    public static AreaBox BoxOf(GroundMap map)
    {
        // Edges are curved in longitude and latitude; between the points looked at they bulge by less than the margin.
        const int Steps = 32;
        var corners = map.Footprint();
        var box = AreaBox.Around(corners);
        for (var i = 0; i <= Steps; i++)
        {
            var (column, row) = (map.Width * (double)i / Steps, map.Height * (double)i / Steps);
            box = box.With(map.At(column, 0)).With(map.At(column, map.Height))
                .With(map.At(0, row)).With(map.At(map.Width, row));
        }

        var margin = 0.01 * Math.Max(box.East - box.West, box.North - box.South);
        return new(box.West - margin, box.South - margin, box.East + margin, box.North + margin);
    }

    private static List<(AreaBox Box, int Area)> Packed(List<(AreaBox Box, int Area)> leaves)
    {
        var strips = (int)Math.Ceiling(Math.Sqrt(Math.Ceiling(leaves.Count / (double)Fan)));
        var perStrip = Math.Max(strips * Fan, 1);
        return [.. leaves.OrderBy(leaf => leaf.Box.West + leaf.Box.East).Chunk(perStrip)
            .SelectMany(strip => strip.OrderBy(leaf => leaf.Box.South + leaf.Box.North))];
    }

    private void Search(AreaBox box, int level, int node, SortedSet<int> found)
    {
        var at = _levelFirst[level] + node;
        if (at >= _boxes.Length || !_boxes[at].Meets(box))
        {
            return;
        }

        if (level == 0)
        {
            found.Add(_areas[node]);
            return;
        }

        var count = _levelFirst[level] - _levelFirst[level - 1];
        for (var child = node * Fan; child < Math.Min((node + 1) * Fan, count); child++)
        {
            Search(box, level - 1, child, found);
        }
    }
}
