using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral.Kernels;
using SpexStream.Domain.Spectral.Surveys;

namespace SpexStream.Domain.Spectral;

/// <summary>
/// Land cover from band arithmetic, without training: NDWI, MNDWI, NDVI, the DSWx tests, cloud and snow screens, and
/// thresholds found in the scene where its radiometry is not calibrated. Belongs to one scene, is immutable and may
/// classify on several threads at once; equal pixels give equal bytes whatever the tile size or the order of tiles.
/// </summary>
public sealed class SpectralBackend : ITileBackend
{
    private readonly SpectralPlan _plan;
    private readonly BandPlaces _places;
    private readonly TileEngine _engine;
    private readonly TargetPlanes _targets;

    /// <summary>Prepares the rules for a scene.</summary>
    /// <exception cref="ArgumentException">No requested class can be told from the bands; the message names the missing
    /// ones.</exception>
    public SpectralBackend(SceneImagery imagery, SpectralOptions options)
    {
        _plan = SpectralPlan.For(imagery, options);
        _places = BandPlaces.Of(imagery.Bands);
        float[] nodata = imagery.HasNodata ? [.. imagery.Nodata.Select(value => (float)value!.Value)] : [];
        _engine = TileEngine.Create(imagery.Type, _plan.Method, _places, nodata);
        _targets = new(options.Outputs, _plan.Answered, _plan.Indices);
        InitialFindings = SpectralReport.Describe(_plan, new() { Passes = 0 });
    }

    /// <inheritdoc/>
    public string Name => "spectral";

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public int ReachPixels => _plan.ScreensCloud || _plan.UsesTexture ? CloudEdges.Reach : 0;

    /// <inheritdoc/>
    public int PassCount => _plan.Passes.Length;

    /// <inheritdoc/>
    public ISceneFindings InitialFindings { get; }

    /// <summary>How water is told in this scene.</summary>
    public WaterMethod Method => _plan.Method;

    /// <summary>The requested classes that the bands can give, in product order; the others are "no" everywhere and
    /// stand
    /// in the remarks, and their confidence is left undefined.</summary>
    public ImmutableArray<LandCoverClass> AnsweredClasses => _plan.Answered;

    /// <inheritdoc/>
    public ImmutableArray<IndexKind> Indices => _plan.Indices;

    /// <inheritdoc/>
    public bool RequiresSeed(LandCoverClass value) => value == LandCoverClass.Water
        && _plan.Answers(value)
        && _plan.Method is WaterMethod.VisibleReflectance or WaterMethod.VisibleCounts;

    /// <inheritdoc/>
    public bool Tells(LandCoverClass value, ISceneFindings findings) =>
        _plan.Tells(value, (SpectralFindings)findings);

    /// <inheritdoc/>
    public ISceneSurvey NewSurvey(int pass, ISceneFindings findings)
    {
        var known = (SpectralFindings)findings;
        var settings = Settings(known);
        return _plan.Passes[pass] switch
        {
            SpectralPass.DarkObjects => new DarkObjectSurvey(_engine, _places),
            SpectralPass.Thresholds =>
                new ThresholdSurvey(_engine, settings, _places, WordScales.Of(known), _plan.Method),
            // Only the settings know what vegetation is, so it counts as asked for here even when no one else asks.
            _ => new VegetationSurvey(_engine, SettingsOf.ForMedians(_plan, settings, known), _places),
        };
    }

    /// <inheritdoc/>
    public ISceneFindings Conclude(ISceneFindings findings, ISceneSurvey survey)
    {
        var known = (SpectralFindings)findings;
        return SceneConclusions.With(_plan, Settings(known), known, survey);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The tile has other bands than the scene, or too small a halo.</exception>
    public void Classify(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence)
    {
        if (pixels.Bands != _plan.Imagery.Bands.Count || pixels.Type != _plan.Imagery.Type)
        {
            throw new ArgumentException(
                $"The tile has {pixels.Bands} bands of {pixels.Type}, the scene {_plan.Imagery.Bands.Count} "
                + $"of {_plan.Imagery.Type}.",
                nameof(pixels));
        }

        if (!pixels.Window.Contains(pixels.Core.Grow(ReachPixels)))
        {
            throw new ArgumentException($"The tile needs a halo of {ReachPixels} pixels.", nameof(pixels));
        }

        var settings = Settings((SpectralFindings)findings);
        _engine.Classify(pixels, settings, evidence, _targets);
        if (_plan.ScreensCloud && (_targets.Confidence || _targets.Diagnostics))
        {
            CloudEdges.Apply(_engine, pixels, settings, evidence, _targets);
        }
    }

    private KernelSettings Settings(SpectralFindings findings) => SettingsOf.Build(_plan, _places, findings);
}
