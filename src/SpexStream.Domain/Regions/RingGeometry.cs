using System.Collections.Immutable;

namespace SpexStream.Domain.Regions;

/// <summary>Plane geometry on rings of pixel corners, in exact integers.</summary>
internal static class RingGeometry
{
    /// <summary>Shoelace area in pixels; positive for exteriors, which run down their left side.</summary>
    public static double SignedArea(ImmutableArray<PixelCorner> ring)
    {
        long twice = 0;
        for (var i = 0; i < ring.Length; i++)
        {
            var (a, b) = (ring[i], ring[i + 1 < ring.Length ? i + 1 : 0]);
            twice += ((long)b.X * a.Y) - ((long)a.X * b.Y);
        }

        return twice / 2.0;
    }

    /// <summary>Twice the signed area of a triangle: its sign says on which side of a-b the point c lies.</summary>
    public static long Cross(PixelCorner a, PixelCorner b, PixelCorner c) =>
        ((long)(b.X - a.X) * (c.Y - a.Y)) - ((long)(b.Y - a.Y) * (c.X - a.X));
}
