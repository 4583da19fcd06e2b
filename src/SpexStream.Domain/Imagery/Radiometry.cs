using System.Collections.Immutable;

namespace SpexStream.Domain.Imagery;

/// <summary>
/// How samples become reflectance: <c>rho = DN * Scale[band] + Offset[band]</c>, one entry per band of the file. Scale
/// and offset are 1 and 0 where the level is <see cref="RadiometryLevel.Uncalibrated"/>.
/// </summary>
public sealed record Radiometry(RadiometryLevel Level, ImmutableArray<double> Scale, ImmutableArray<double> Offset)
{
    /// <summary>The same scale and offset for every band. Without a scale the raster is uncalibrated; a scale without
    /// a level means top of atmosphere.</summary>
    public static Radiometry Uniform(int bands, double? scale, double? offset, RadiometryLevel? level)
    {
        var resolved = level ?? (scale is null && offset is null
            ? RadiometryLevel.Uncalibrated
            : RadiometryLevel.TopOfAtmosphere);
        var calibrated = resolved != RadiometryLevel.Uncalibrated;
        return new(
            resolved,
            [.. Enumerable.Repeat(calibrated ? scale ?? 1 : 1, bands)],
            [.. Enumerable.Repeat(calibrated ? offset ?? 0 : 0, bands)]);
    }
}
