using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Spectral;
using SpexStream.Domain.Spie;

namespace SpexStream.Inference.Spex.Backend;

/// <summary>
/// Land cover of one scene from SPEX. The scene's rules find candidate regions, their attributes make the question, and
/// the model answers in words and with a mask; a tile without candidates is not asked about (spectral triage).
/// Immutable; any thread.
/// </summary>
internal sealed class SpexBackend : ILearnedBackend
{
    private readonly SpexModel _model;
    private readonly PictureFeed _feed;
    private readonly ThreadSessions _sessions;
    private readonly SpexAsk? _instruction;
    private readonly ImmutableArray<LandCoverClass> _told;
    private readonly ImmutableArray<LandCoverClass> _asked;
    private readonly ImmutableArray<string> _remarks;
    private readonly int _edge;

    /// <summary>Prepares what is asked about the scene's tiles.</summary>
    /// <exception cref="ArgumentException">The scene lacks what the model or the rules take, or the instruction cannot
    /// be asked.</exception>
    public SpexBackend(SpexModel model, SceneImagery imagery, LearnedOptions options, ThreadSessions sessions)
    {
        (_model, _sessions, Fallback, _edge) = (model, sessions, options.Fallback, options.TileSize);
        _feed = new PictureFeed(imagery, model.Pack.Description.Input);
        _instruction = options.Instruction is { } words ? model.Prompts.OfInstruction(words) : null;
        // Only its own rules know which classes the bands do not tell.
        _told = Fallback is SpectralBackend rules
            ? rules.AnsweredClasses
            : Fallback is null ? [] : options.Classes;
        _asked = _instruction is { } ask ? [ask.Class] : _told;
        _asked = [.. options.Classes.Where(_asked.Contains)];
        if (_asked.IsEmpty)
        {
            throw _instruction is null
                ? new ArgumentException(
                    "the model is asked about regions that the spectral rules find, and these bands do not suffice "
                    + "for them")
                : new InstructionException(
                    $"it asks for {_instruction.Class.Slug()}, which is not among the classes that are wanted");
        }

        _remarks = [.. Remarks(options.Classes)];
        InitialFindings = new SpexFindings(Fallback?.InitialFindings, _remarks);
    }

    public ITileModel Model => _model;

    public ITileBackend? Fallback { get; }

    public bool Speaks => true;

    public string Name => "spex";

    public string Version => _instruction is null
        ? $"{_model.Identity.Name} {_model.Identity.Revision}"
        : $"{_model.Identity.Name} {_model.Identity.Revision} asked {_instruction.Hash[..12]}";

    public int ReachPixels => Fallback?.ReachPixels ?? 0;

    public int PassCount => Fallback?.PassCount ?? 0;

    public ImmutableArray<IndexKind> Indices => Fallback?.Indices ?? [];

    public ISceneFindings InitialFindings { get; }

    public ISceneSurvey NewSurvey(int pass, ISceneFindings findings) =>
        Rules.NewSurvey(pass, ((SpexFindings)findings).Prior!);

    public ISceneFindings Conclude(ISceneFindings findings, ISceneSurvey survey) =>
        new SpexFindings(Rules.Conclude(((SpexFindings)findings).Prior!, survey), _remarks);

    public ISceneFindings? RuleFindings(ISceneFindings findings) => ((SpexFindings)findings).Prior;

    public ITileRequest? Ask(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence)
    {
        if (Fallback is null)
        {
            var measured = PriorCover.Of(pixels, _feed.Nodata);
            return Ask(measured, measured.IsEmpty ? [] : [_instruction!], evidence);
        }

        Fallback.Classify(pixels, ((SpexFindings)findings).Prior!, evidence);
        var prior = PriorCover.Of(evidence, [.. LandCoverClasses.All.Where(_told.Contains)], Indices);
        return Ask(prior, prior.IsEmpty ? [] : [.. Questions(evidence)], evidence);
    }

    public void Classify(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence) =>
        _sessions.Classify(this, pixels, findings, evidence);

    private ITileBackend Rules => Fallback ?? throw new InvalidOperationException("Without rules there is no pass.");

    private SpexRequest? Ask(PriorCover prior, ImmutableArray<SpexAsk> asks, TileEvidence evidence)
    {
        ImmutableArray<LandCoverClass> absent = [.. _asked.Except(asks.Select(ask => ask.Class))];
        if (!asks.IsEmpty)
        {
            return new SpexRequest(_model, _feed, _edge, prior, absent, asks);
        }

        prior.Begin(evidence, absent);
        return null;
    }

    private IEnumerable<SpexAsk> Questions(TileEvidence evidence)
    {
        if (_instruction is not null && !_told.Contains(_instruction.Class))
        {
            // The rules cannot tell where there is nothing to ask about.
            return [_instruction];
        }

        var grid = new TileGrid(evidence.Core.Width, evidence.Core.Height, 64, 0);
        var regions = new TileLabeller(grid, _asked, []).Label(evidence);
        return
            from value in _asked
            let attributes = TileSpie.Describe(regions, value, _edge)
            where !attributes.IsEmpty
            select _instruction ?? _model.Prompts.OfRegions(value, attributes);
    }

    private IEnumerable<string> Remarks(ImmutableArray<LandCoverClass> wanted)
    {
        if (!_model.Pack.Description.Trained)
        {
            yield return "The model is untrained: its weights were drawn at random, and its masks and words mean "
                + "nothing.";
        }

        foreach (var value in wanted.Except(_asked).Order())
        {
            yield return _instruction is null
                ? $"No {value.Slug()} is told: the rules cannot say from these bands where to ask the model about it."
                : $"No {value.Slug()} is told: the instruction asks for {_instruction.Class.Slug()}.";
        }
    }
}
