using System.Collections.Immutable;
using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Announcements;

/// <summary>The raster of a strip as announced; null means "as the file says".</summary>
public sealed record StripAsset
{
    /// <summary>Where the raster lies; null while it is still part of the message (in-band).</summary>
    public required StripHref? Href { get; init; }

    /// <summary>Media type.</summary>
    public string? MediaType { get; init; }

    /// <summary>Bands in file order; empty when the file's own descriptions count.</summary>
    public ImmutableArray<StripBand> Bands { get; init; } = [];

    /// <summary>Sample type of all bands, a STAC 1.1 data type name.</summary>
    public string? DataType { get; init; }

    /// <summary>Nodata value of all bands; may be NaN.</summary>
    public double? Nodata { get; init; }

    /// <summary>Whether the file's own nodata tags do not count. Not on the wire: a choice of whoever submits a file
    /// whose tag is wrong.</summary>
    public bool IgnoresFileNodata { get; init; }

    /// <summary>Factor from sample to reflectance, for all bands.</summary>
    public double? Scale { get; init; }

    /// <summary>Summand from sample to reflectance, for all bands.</summary>
    public double? Offset { get; init; }

    /// <summary>Size of the file in bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>Digest of the file.</summary>
    public ContentChecksum? Checksum { get; init; }

    /// <summary>Names for a <see cref="BandSet"/>, in file order; empty when no bands were announced.</summary>
    public ImmutableArray<string> BandNames =>
        [.. Bands.Select((band, i) => band.CommonName ?? band.Name ?? $"band-{i + 1}")];

    /// <summary>
    /// Announced nodata value per band of the file; null where none was announced. A band's own value beats the
    /// asset's.
    /// </summary>
    public ImmutableArray<double?> NodataOf(int bandCount) =>
        [.. Enumerable.Range(0, bandCount).Select(i => BandOf(i)?.Nodata ?? Nodata)];

    /// <summary>
    /// Radiometry for a file of <paramref name="bandCount"/> bands; null when the announcement gives neither level,
    /// scale nor offset, so that the file decides. A scale or offset without a level means top of atmosphere.
    /// </summary>
    public Radiometry? RadiometryOf(int bandCount, RadiometryLevel? level)
    {
        double?[] scale = [.. Enumerable.Range(0, bandCount).Select(i => BandOf(i)?.Scale ?? Scale)];
        double?[] offset = [.. Enumerable.Range(0, bandCount).Select(i => BandOf(i)?.Offset ?? Offset)];
        var scaled = scale.Any(value => value is not null) || offset.Any(value => value is not null);
        if (level is null && !scaled)
        {
            return null;
        }

        var resolved = level ?? RadiometryLevel.TopOfAtmosphere;
        return resolved == RadiometryLevel.Uncalibrated
            ? Radiometry.Uniform(bandCount, null, null, resolved)
            : new(resolved, [.. scale.Select(value => value ?? 1)], [.. offset.Select(value => value ?? 0)]);
    }

    private StripBand? BandOf(int index) => index < Bands.Length ? Bands[index] : null;
}
