using System.Collections.Immutable;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Spectral;

/// <summary>What can be told of a scene, by which rules and in which passes: follows from its metadata and the options,
/// never from its pixels.</summary>
internal sealed record SpectralPlan
{
    /// <summary>Pixels of this size and finer show roofs, not texture: it would keep edges and lose what lies
    /// between.</summary>
    private const double LeastPixelForTexture = 3;

    public required SceneImagery Imagery { get; init; }

    public required SpectralOptions Options { get; init; }

    public required WaterMethod Method { get; init; }

    public required ImmutableArray<LandCoverClass> Answered { get; init; }

    public required ImmutableArray<IndexKind> Indices { get; init; }

    public required ImmutableArray<SpectralPass> Passes { get; init; }

    public required bool ScreensCloud { get; init; }

    public required bool UsesTexture { get; init; }

    public bool IsCalibrated => Imagery.Radiometry.Level != RadiometryLevel.Uncalibrated;

    /// <summary>The rule asked for, or the sum of indices where the DSWx tests lack blue or red.</summary>
    public WaterRule EffectiveWaterRule =>
        Has(BandRole.Blue) && Has(BandRole.Red) ? Options.WaterRule : WaterRule.IndexSum;

    public bool Answers(LandCoverClass value) => Answered.Contains(value);

    /// <summary>Whether what was found is enough to tell a class; what stands in for a missing threshold is
    /// not.</summary>
    public bool Tells(LandCoverClass value, SpectralFindings findings) => Answers(value) && value switch
    {
        LandCoverClass.Water => Method switch
        {
            WaterMethod.SwirCounts => findings is { WaterNdwi: not null, WaterMndwi: not null },
            WaterMethod.VisibleCounts => findings.WaterNdwi is not null,
            _ => true,
        },
        LandCoverClass.Vegetation =>
            IsCalibrated || (Options.VegetationNdvi ?? findings.VegetationNdvi) is not null,
        _ => findings.BuiltNdvi is not null,
    };

    public bool Has(BandRole role) => Imagery.Bands.Has(role);

    /// <exception cref="ArgumentException">No requested class can be told from the bands.</exception>
    public static SpectralPlan For(SceneImagery imagery, SpectralOptions options)
    {
        if (options.Classes.IsDefaultOrEmpty)
        {
            throw new ArgumentException("No class is asked for.", nameof(options));
        }

        ImmutableArray<LandCoverClass> answered =
        [
            .. LandCoverClasses.All.Where(options.Classes.Contains).Where(value => Missing(imagery, value).Length == 0),
        ];
        if (answered.IsEmpty)
        {
            var needs = options.Classes.Distinct()
                .Select(value => $"{value.Slug()} needs {NamesOf(Missing(imagery, value))}");
            // Without the parameter's name: these words are shown to whoever sent the raster.
            throw new ArgumentException($"the bands {imagery.Bands} are not enough, {string.Join(", ", needs)}");
        }

        var calibrated = imagery.Radiometry.Level != RadiometryLevel.Uncalibrated;
        var swir = imagery.Bands.Has(BandRole.Swir16) && imagery.Bands.Has(BandRole.Green);
        return new()
        {
            Imagery = imagery,
            Options = options,
            Method = (calibrated, swir) switch
            {
                (true, true) => WaterMethod.SwirReflectance,
                (true, false) => WaterMethod.VisibleReflectance,
                (false, true) => WaterMethod.SwirCounts,
                (false, false) => WaterMethod.VisibleCounts,
            },
            Answered = answered,
            Indices = [.. IndicesOf(imagery.Bands)],
            Passes = [.. PassesFor(calibrated, options, answered)],
            ScreensCloud = calibrated && imagery.Bands.Has(BandRole.Blue) && imagery.Bands.Has(BandRole.Red),
            UsesTexture = answered.Contains(LandCoverClass.Buildings)
                && imagery.Bands.Has(BandRole.Green) && !(imagery.PixelSizeMetres <= LeastPixelForTexture),
        };
    }

    /// <summary>The bands that a class needs and the scene lacks.</summary>
    public static BandRole[] Missing(SceneImagery imagery, LandCoverClass value)
    {
        BandRole[] needed = value switch
        {
            LandCoverClass.Water => [BandRole.Green, BandRole.Nir],
            LandCoverClass.Vegetation => [BandRole.Red, BandRole.Nir],
            _ => [BandRole.Blue, BandRole.Red, BandRole.Nir],
        };
        return [.. needed.Where(role => !imagery.Bands.Has(role))];
    }

    /// <summary>Bands by name, for a message.</summary>
    public static string NamesOf(IEnumerable<BandRole> bands) => string.Join(" and ", bands.Select(BandSet.NameOf));

    private static IEnumerable<SpectralPass> PassesFor(
        bool calibrated, SpectralOptions options, ImmutableArray<LandCoverClass> answered)
    {
        if (!calibrated)
        {
            yield return SpectralPass.DarkObjects;
        }

        if (!calibrated || (options.AdaptiveVegetation && options.VegetationNdvi is null))
        {
            yield return SpectralPass.Thresholds;
        }

        if (answered.Contains(LandCoverClass.Buildings))
        {
            yield return SpectralPass.VegetationMedians;
        }
    }

    private static IEnumerable<IndexKind> IndicesOf(BandSet bands)
    {
        var (green, red, nir, swir) =
            (bands.Has(BandRole.Green), bands.Has(BandRole.Red), bands.Has(BandRole.Nir), bands.Has(BandRole.Swir16));
        if (green && nir)
        {
            yield return IndexKind.Ndwi;
        }

        if (red && nir)
        {
            yield return IndexKind.Ndvi;
        }

        if (green && swir)
        {
            yield return IndexKind.Mndwi;
        }

        if (green && nir && swir)
        {
            yield return IndexKind.Ndbi;
        }
    }
}
