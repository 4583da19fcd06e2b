using SpexStream.Domain.Regions;

namespace SpexStream.Pipeline.Products;

/// <summary>An outline in falling detail, so that a message can take the finest that fits.</summary>
internal static class OutlineDetail
{
    private static readonly int[] Vertices = [160, 64, 24, 8];

    public static IEnumerable<RegionOutline> Falling(RegionOutline outline)
    {
        foreach (var most in Vertices)
        {
            // Each form is made from the one before: a coastline of a hundred thousand corners is gone through once.
            outline = OutlineSimplifier.AtMost(outline, most);
            yield return outline;
        }
    }
}
