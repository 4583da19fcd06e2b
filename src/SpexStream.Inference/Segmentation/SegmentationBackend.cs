using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Packs;

namespace SpexStream.Inference.Segmentation;

/// <summary>Land cover of one scene from a segmentation model. Immutable; any thread.</summary>
internal sealed class SegmentationBackend : ILearnedBackend
{
    private readonly SceneImagery _imagery;
    private readonly SegmentationRequest _request;
    private readonly ThreadSessions _sessions;

    /// <summary>Prepares what is asked about the scene's tiles.</summary>
    /// <exception cref="ArgumentException">The scene lacks what the model takes.</exception>
    public SegmentationBackend(
        SegmentationModel model, TargetPlan targets, SceneImagery imagery, LearnedOptions options,
            ThreadSessions sessions)
    {
        (Model, _imagery, _sessions, Fallback) = (model, imagery, sessions, options.Fallback);
        var untold = options.Classes.Except(targets.Classes).Order().ToArray();
        if (untold.Length == options.Classes.Length)
        {
            throw new ArgumentException(
                $"the model tells none of the classes that are asked for ({string.Join(", ", untold.Select(value => value.Slug()))})");
        }

        _request = new(new PixelFeed(imagery, model.Files.Description.Input), new CoverDecision(targets), targets);
        ReachPixels = Math.Max(model.ReachPixels, Fallback?.ReachPixels ?? 0);
        InitialFindings = new SegmentationFindings(
            [.. untold.Select(value => $"No {value.Slug()} is told: the model does not know the class.")]);
    }

    public ITileModel Model { get; }

    public ITileBackend? Fallback { get; }

    public string Name => "segmentation";

    public string Version => $"{Model.Identity.Name} {Model.Identity.Revision}";

    public int ReachPixels { get; }

    public int PassCount => 0;

    public ISceneFindings InitialFindings { get; }

    public ISceneSurvey NewSurvey(int pass, ISceneFindings findings) => throw NoPass();

    public ISceneFindings Conclude(ISceneFindings findings, ISceneSurvey survey) => throw NoPass();

    public ITileRequest? Ask(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence)
    {
        if (pixels.Bands != _imagery.Bands.Count || pixels.Type != _imagery.Type)
        {
            throw new ArgumentException(
                $"The tile has {pixels.Bands} bands of {pixels.Type}, the scene {_imagery.Bands.Count} of {_imagery.Type}.",
                nameof(pixels));
        }

        if (HasPixel(pixels))
        {
            return _request;
        }

        evidence.FillNodata(pixels.Core);
        return null;
    }

    public void Classify(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence) =>
        _sessions.Classify(this, pixels, findings, evidence);

    private static InvalidOperationException NoPass() => new("Every decision of a segmentation model is local.");

    private bool HasPixel(PixelPlanes pixels)
    {
        var core = pixels.Core;
        Span<byte> marks = stackalloc byte[Math.Min(core.Width, 1024)];
        for (var row = core.Row - pixels.Window.Row; row < core.Bottom - pixels.Window.Row; row++)
        {
            for (var column = 0; column < core.Width; column += marks.Length)
            {
                var part = marks[..Math.Min(marks.Length, core.Width - column)];
                if (!_request.Feed.Nodata.Mark(pixels, row, core.Column - pixels.Window.Column + column, part)
                    || part.Contains((byte)0))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
