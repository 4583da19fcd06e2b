using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SpexStream.Domain.Alerts.Areas;

/// <summary>A place that rules watch. Immutable.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people; the id where the file has no name.</param>
/// <param name="Polygons">At least one. They may overlap; ground counts once.</param>
public sealed record AreaOfInterest(AreaId Id, string Name, ImmutableArray<AreaPolygon> Polygons)
{
    /// <summary>Most positions of all polygons of one area.</summary>
    public const int MaxVertices = 100_000;

    /// <summary>Tells outlines apart, whatever the area is called: 12 hex digits. Reads every position.</summary>
    public string OutlineDigest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var ring in Polygons.SelectMany(polygon => polygon.Rings))
        {
            hash.AppendData(MemoryMarshal.AsBytes(ring.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
