using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Messages;

/// <summary>Cuts rings at longitude 180, as RFC 7946 section 3.1.9 asks.</summary>
public static class Antimeridian
{
    /// <summary>
    /// The polygons of a ring whose neighbours are less than 180 degrees of longitude apart. Longitudes may jump from
    /// 180 to -180 or run on beyond them; a ring around a pole is closed over the pole. A concave ring may give
    /// polygons with an edge that runs to and fro along the meridian.
    /// </summary>
    public static ImmutableArray<GeoPolygon> Split(ImmutableArray<LonLat> ring)
    {
        var path = Unwrap(ring);
        if (path.Count < 3)
        {
            return [];
        }

        var (least, most) = (path.Min(p => p.Longitude), path.Max(p => p.Longitude));
        var parts = ImmutableArray.CreateBuilder<GeoPolygon>();
        for (var world = Math.Floor((least + 180) / 360); (world * 360) - 180 < most; world++)
        {
            var west = (world * 360) - 180;
            var part = Clip(Clip(path, west, keepEast: true), west + 360, keepEast: false);
            if (part.Count >= 3 && part.Max(p => p.Longitude) > part.Min(p => p.Longitude))
            {
                var shift = world * 360;
                parts.Add(new([.. part
                    .Select(p => p with { Longitude = Math.Clamp(p.Longitude - shift, -180, 180) })]));
            }
        }

        return parts.ToImmutable();
    }

    private static List<LonLat> Unwrap(ImmutableArray<LonLat> ring)
    {
        var open = ring.Length > 1 && ring[0] == ring[^1] ? ring[..^1] : ring;
        var path = new List<LonLat>(open.Length + 2);
        foreach (var position in open)
        {
            path.Add(path.Count == 0 ? position : Nearest(position, path[^1].Longitude));
        }

        if (path.Count < 3)
        {
            return path;
        }

        // Around a pole the way back to the start lies a whole turn further: close it along the pole.
        var closing = Nearest(path[0], path[^1].Longitude);
        if (Math.Abs(closing.Longitude - path[0].Longitude) > 180)
        {
            var pole = path.Average(p => p.Latitude) >= 0 ? 90 : -90;
            path.AddRange([closing, closing with { Latitude = pole }, path[0] with { Latitude = pole }]);
        }

        return path;
    }

    private static LonLat Nearest(LonLat position, double longitude) =>
        position with { Longitude = position.Longitude + (360 * Math.Round((longitude - position.Longitude) / 360)) };

    /// <summary>Sutherland and Hodgman 1974, for one vertical edge.</summary>
    private static List<LonLat> Clip(List<LonLat> path, double meridian, bool keepEast)
    {
        bool Inside(LonLat p) => keepEast ? p.Longitude >= meridian : p.Longitude <= meridian;
        var kept = new List<LonLat>(path.Count + 2);
        for (var i = 0; i < path.Count; i++)
        {
            var (from, to) = (path[i], path[(i + 1) % path.Count]);
            if (Inside(from))
            {
                kept.Add(from);
            }

            if (Inside(from) != Inside(to))
            {
                var share = (meridian - from.Longitude) / (to.Longitude - from.Longitude);
                kept.Add(new(meridian, from.Latitude + (share * (to.Latitude - from.Latitude))));
            }
        }

        return kept;
    }
}
