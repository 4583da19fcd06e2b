using System.Globalization;
using SpexStream.Daemon.Status;
using SpexStream.Domain.Grid;

namespace SpexStream.Daemon.Pages;

/// <summary>The small picture of a scene where the scene lies: north is up, degrees of longitude are as wide as they
/// are at its latitude.</summary>
internal static class FootprintMap
{
    private const double Edge = 240;
    private const double Margin = 12;

    /// <summary>The map; nothing without a footprint of four corners, or where it crosses the antimeridian.</summary>
    /// <param name="scene">A closed scene.</param>
    /// <param name="picture">Address of its picture; null without one.</param>
    public static Html Of(SceneLine scene, string? picture)
    {
        if (scene.Footprint.Length != 4
            || scene.Footprint.Max(corner => corner.Longitude) - scene.Footprint.Min(corner => corner.Longitude) > 180)
        {
            return Html.None;
        }

        var (west, east) = (scene.Footprint.Min(c => c.Longitude), scene.Footprint.Max(c => c.Longitude));
        var (south, north) = (scene.Footprint.Min(c => c.Latitude), scene.Footprint.Max(c => c.Latitude));
        var shrink = Math.Max(0.01, Math.Cos((south + north) / 2 * Math.PI / 180));
        var scale = Edge / Math.Max(1e-9, Math.Max((east - west) * shrink, north - south));
        (double X, double Y)[] corners = [.. scene.Footprint.Select(corner => (
            Margin + ((corner.Longitude - west) * shrink * scale), Margin + ((north - corner.Latitude) * scale)))];
        var (width, height) = (corners.Max(c => c.X) + Margin, corners.Max(c => c.Y) + Margin);
        return Html.Of($"""
            <svg viewBox="0 0 {width:0.#} {height:0.#}" width="{width:0}" height="{height:0}" role="img"
            aria-label="{scene.Scene} on its footprint">
            {Picture(corners, picture)}<polygon class="outline" points="{Points(corners)}"/></svg>
            <div class="small">{Degrees(north, 'N', 'S')} to {Degrees(south, 'N', 'S')},
            {Degrees(west, 'E', 'W')} to {Degrees(east, 'E', 'W')}</div>
            """);
    }

    // A picture of size 1, laid on the parallelogram of three of the corners.
    private static Html Picture((double X, double Y)[] corners, string? address)
    {
        if (address is null)
        {
            return Html.None;
        }

        var (origin, right, down) = (corners[0], corners[1], corners[3]);
        double[] matrix =
            [right.X - origin.X, right.Y - origin.Y, down.X - origin.X, down.Y - origin.Y, origin.X, origin.Y];
        var text = string.Join(' ', matrix.Select(value => value.ToString("0.###", CultureInfo.InvariantCulture)));
        return Html.Of($"""
            <image href="{address}" width="1" height="1" preserveAspectRatio="none" transform="matrix({text})"/>
            """);
    }

    private static string Points((double X, double Y)[] corners) => string.Join(
        ' ', corners.Select(corner => string.Create(CultureInfo.InvariantCulture, $"{corner.X:0.#},{corner.Y:0.#}")));

    private static string Degrees(double value, char positive, char negative) => string.Create(
        CultureInfo.InvariantCulture, $"{Math.Abs(value):0.###}° {(value < 0 ? negative : positive)}");
}
