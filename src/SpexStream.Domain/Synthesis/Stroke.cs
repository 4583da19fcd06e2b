namespace SpexStream.Domain.Synthesis;

/// <summary>A straight piece of a river or road: end points and half widths in pixels, and a tint of its owner's
/// choice.</summary>
internal readonly record struct Stroke(
    float X0, float Y0, float X1, float Y1, float HalfWidth0, float HalfWidth1, float Tint)
{
    /// <summary>Distance of a point to the piece, and the half width where it is nearest.</summary>
    public (float Distance, float HalfWidth) To(float x, float y)
    {
        var (dx, dy) = (X1 - X0, Y1 - Y0);
        var length = (dx * dx) + (dy * dy);
        var t = length <= 0 ? 0 : Curves.Clamp01((((x - X0) * dx) + ((y - Y0) * dy)) / length);
        var (rx, ry) = (x - X0 - (dx * t), y - Y0 - (dy * t));
        return (MathF.Sqrt((rx * rx) + (ry * ry)), Curves.Lerp(HalfWidth0, HalfWidth1, t));
    }

    /// <summary>The pieces of a line through points, its half width growing evenly from end to end.</summary>
    public static IEnumerable<Stroke> Along(
        IReadOnlyList<(float X, float Y)> points, float firstHalfWidth, float lastHalfWidth, float tint)
    {
        for (var i = 1; i < points.Count; i++)
        {
            yield return new(
                points[i - 1].X, points[i - 1].Y, points[i].X, points[i].Y,
                Curves.Lerp(firstHalfWidth, lastHalfWidth, (i - 1f) / (points.Count - 1)),
                Curves.Lerp(firstHalfWidth, lastHalfWidth, i / (points.Count - 1f)),
                tint);
        }
    }
}
