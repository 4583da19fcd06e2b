using System.Globalization;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;

namespace SpexStream.Benchmarks;

/// <summary>
/// outline MASK SIDE: from a raw mask of 0 and 1 to the outline and box of every region, on one thread; and the same
/// with all that a region's attributes need (least rectangle, hull, words).
/// </summary>
internal static class OutlineBench
{
    private const int Repeats = 3;

    public static void Run(string[] arguments)
    {
        var side = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        using var labelling = new MaskLabelling(File.ReadAllBytes(arguments[0]), side);
        var (count, corners, area) = (0, 0L, 0.0);
        var seconds = Rounds.Interleave(
            Repeats,
            () => (count, corners, area) = Trace(labelling, false),
            () => Trace(labelling, true));
        Json.Print(
            ("seconds", seconds[0]), ("attributes_seconds", seconds[1]), ("regions", count), ("corners", corners),
            ("area", area));
    }

    private static (int Count, long Corners, double Area) Trace(MaskLabelling labelling, bool attributes)
    {
        using var regions = labelling.Label();
        regions.Gather(labelling);
        var place = new RegionPlace
        {
            Scene = SceneId.Parse("bench"),
            Area = null,
            ToEarth = null,
            Indices = [],
        };
        var reader = new RegionReader(regions, LandCoverClass.Water, place);
        var (corners, area, boxes) = (0L, 0.0, 0L);
        for (var rank = 0; rank < reader.Count; rank++)
        {
            var outline = reader.Outline(rank);
            corners += outline.VertexCount;
            area += outline.Area;
            boxes += attributes ? reader.Facts(rank).Bounds.Area : BoxArea(outline);
        }

        return (reader.Count, corners, boxes > 0 ? area : 0);
    }

    private static long BoxArea(RegionOutline outline)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        foreach (var polygon in outline.Polygons)
        {
            foreach (var corner in polygon.Rings[0])
            {
                (left, top) = (Math.Min(left, corner.X), Math.Min(top, corner.Y));
                (right, bottom) = (Math.Max(right, corner.X), Math.Max(bottom, corner.Y));
            }
        }

        return (long)(right - left) * (bottom - top);
    }
}
