using System.Collections.Immutable;

namespace SpexStream.Domain.Regions;

/// <summary>Convex hull of a ring's corners (Andrew 1979), in the direction of an exterior.</summary>
internal static class RingHull
{
    /// <summary>At least three corners, none on a straight line.</summary>
    public static ImmutableArray<PixelCorner> Of(ImmutableArray<PixelCorner> ring)
    {
        var sorted = ring.Distinct().OrderBy(corner => corner.X).ThenBy(corner => corner.Y).ToArray();
        var lower = Chain(sorted);
        Array.Reverse(sorted);
        var upper = Chain(sorted);
        return [.. lower[..^1], .. upper[..^1]];
    }

    private static List<PixelCorner> Chain(PixelCorner[] sorted)
    {
        var chain = new List<PixelCorner>();
        foreach (var corner in sorted)
        {
            while (chain.Count >= 2 && RingGeometry.Cross(chain[^2], chain[^1], corner) >= 0)
            {
                chain.RemoveAt(chain.Count - 1);
            }

            chain.Add(corner);
        }

        return chain;
    }
}
