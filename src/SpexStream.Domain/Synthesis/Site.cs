using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Synthesis;

/// <summary>A place with a reach, in pixels: nothing of it lies farther from its centre.</summary>
internal abstract record Site(float X, float Y, float Reach)
{
    /// <summary>Distance of a point to the centre.</summary>
    public float Distance(float x, float y) => MathF.Sqrt(((x - X) * (x - X)) + ((y - Y) * (y - Y)));

    /// <summary>The sites that may be seen in a window.</summary>
    public static T[] In<T>(IReadOnlyList<T> sites, PixelWindow window)
        where T : Site =>
        [.. sites.Where(site => site.X + site.Reach > window.Column && site.X - site.Reach < window.Right
            && site.Y + site.Reach > window.Row && site.Y - site.Reach < window.Bottom)];
}
