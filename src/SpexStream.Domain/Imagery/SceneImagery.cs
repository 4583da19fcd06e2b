using System.Collections.Immutable;

namespace SpexStream.Domain.Imagery;

/// <summary>
/// What a backend must know of a scene's pixels before the first tile: bands, sample type, radiometry and nodata.
/// A pixel is nodata when every band equals its <paramref name="Nodata"/> value (NaN counts as equal to NaN);
/// an empty or partly null array means that nothing is nodata.
/// </summary>
public sealed record SceneImagery(
    BandSet Bands, PixelType Type, Radiometry Radiometry, ImmutableArray<double?> Nodata, double PixelSizeMetres)
{
    /// <summary>Whether the scene has a nodata value for every band.</summary>
    public bool HasNodata => Nodata.Length == Bands.Count && Nodata.All(value => value is not null);
}
