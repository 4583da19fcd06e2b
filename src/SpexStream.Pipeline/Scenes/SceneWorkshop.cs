using System.Collections.Concurrent;
using System.Globalization;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Pixels;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// What the jobs of one scene share: its strips, its backend, what the surveys counted. Jobs run on several threads;
/// the list of strips is replaced as a whole.
/// </summary>
internal sealed class SceneWorkshop
{
    private readonly PixelCache _cache;
    private readonly ITileDispatcher? _modelTiles;
    private readonly ConcurrentDictionary<(TileStage Stage, string Device), ISceneSurvey> _surveys = new();
    private readonly ConcurrentDictionary<(string Device, TileGrid Grid), TileLabeller> _labellers = new();
    private volatile StripSet _strips = StripSet.Empty;
    private volatile SceneSpec _scene;

    public SceneWorkshop(
        SceneSpec scene, ProcessingOptions options, ITileBackend backend, PixelCache cache,
        ITileDispatcher? modelTiles)
    {
        (_scene, Options, Backend, _cache, _modelTiles) = (scene, options, backend, cache, modelTiles);
        Pixels = new(cache, scene.Imagery);
        Second = SecondRules.For(options, backend);
        Planes = new(options, Second is not null);
        Browse = new(scene, options);
        Frame = FrameOf(scene.Imagery, options, backend, Second);
    }

    public SceneSpec Scene => _scene;

    public ProcessingOptions Options { get; }

    public ITileBackend Backend { get; }

    /// <summary>The model that answers, as products name it; null for rules.</summary>
    public ModelFacts? Model { get; init; }

    /// <summary>Whether the scene is another node's: its tiles come after all of this node's own.</summary>
    public bool IsGuest { get; init; }

    /// <summary>The rules beside the model, where they are to say what they think; else null.</summary>
    public SecondRules? Second { get; }

    public PlaneSet Planes { get; }

    public BrowseSampler Browse { get; }

    public StripSet Strips => _strips;

    public TilePixelReader Pixels { get; }

    /// <summary>What the answers of all tiles of the scene rest on.</summary>
    public string Frame { get; }

    /// <summary>Takes a strip in use, in place of what its index held; called by the scene's own loop only.</summary>
    public void Use(StripRaster strip)
    {
        if (_strips.ByRow.FirstOrDefault(s => s.Index == strip.Index) is { } old)
        {
            _cache.Forget(old.Path);
        }

        _strips = _strips.With(strip);
    }

    /// <summary>Uses a strip no more; called by the scene's own loop only.</summary>
    public void Drop(int index) => _strips = _strips.Without(index);

    /// <summary>What the answer of a tile would rest on now.</summary>
    public UInt128 Basis(TileIndex tile, TileGrid grid, ISceneFindings findings) =>
        TileBasis.Of(Frame, tile, grid, _strips, findings);

    /// <summary>What to tell of a tile should the process die on it.</summary>
    public FlightMark MarkOf(TileIndex tile, TileGrid grid)
    {
        var window = grid.Core(tile);
        return new(_scene.Id, tile, [.. _strips.ByRow.Where(strip => !strip.Window.Intersect(window).IsEmpty)
            .Select(strip => new StripKey(strip.Index, strip.Revision))]);
    }

    /// <summary>Forgets what was counted; nothing may run in a survey.</summary>
    public void ForgetSurveys() => _surveys.Clear();

    /// <summary>Counts rows from the scene's first one; called by the scene's own loop, before any tile runs.</summary>
    public void Rebase(int firstRow)
    {
        _scene = _scene.Rebased(firstRow);
        _strips = new StripSet(
            [.. _strips.ByRow.Select(strip => strip with { RowOffset = strip.RowOffset - firstRow })]);
    }

    /// <summary>Notes how many strips the scene has; called by the scene's own loop.</summary>
    public void Expect(int strips) => _scene = _scene with { StripCount = strips };

    /// <summary>Drops the pixels that were kept for neighbouring tiles: every tile is done.</summary>
    public void ForgetPixels()
    {
        foreach (var strip in _strips.ByRow)
        {
            _cache.Forget(strip.Path);
        }
    }

    /// <summary>The work of a stage on one tile, as urgent as the scene is.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="tile">The tile.</param>
    /// <param name="grid">Its grid.</param>
    /// <param name="findings">What is known of the scene.</param>
    /// <param name="mailbox">Where the answer goes.</param>
    /// <param name="reserve">How early before the deadline a model has to be done, or rules answer; null where it has
    /// all the time it needs.</param>
    public SceneTileJob NewJob(
        TileStage stage, TileIndex tile, TileGrid grid, ISceneFindings findings, ISceneMailbox mailbox,
            TimeSpan? reserve)
    {
        var (deadline, priority) = IsGuest ? (DateTimeOffset.MaxValue, -1)
            : (_scene.Deadline ?? DateTimeOffset.MaxValue, _scene.Priority);
        if (stage.Pass == Backend.PassCount && _modelTiles is not null && Backend is ILearnedBackend learned)
        {
            return new ModelJob(this, learned, stage, tile, grid, findings, mailbox, _modelTiles)
            {
                Priority = priority,
                Deadline = deadline,
                Reserve = _scene.Deadline is null ? null : reserve,
            };
        }

        return stage.Pass == Backend.PassCount
            ? new ClassifyJob(this, stage, tile, grid, findings, mailbox) { Priority = priority, Deadline = deadline }
            : new SurveyJob(this, stage, tile, grid, findings, mailbox) { Priority = priority, Deadline = deadline };
    }

    /// <summary>The survey of a stage that one device fills.</summary>
    public ISceneSurvey Survey(TileStage stage, string device, ISceneFindings findings) =>
        _surveys.GetOrAdd((stage, device), _ => Backend.NewSurvey(stage.Pass, findings));

    /// <summary>The sum of all surveys that belong to a stage; nothing may run in that stage any more.</summary>
    public ISceneSurvey Total(TileStage stage, ISceneFindings findings) =>
        Sum(stage, findings, counted => counted.Pass == stage.Pass && Counts(counted.Batch, stage));

    /// <summary>The sum of what all devices counted in a stage itself; nothing may run in it any more.</summary>
    public ISceneSurvey Counted(TileStage stage, ISceneFindings findings) =>
        Sum(stage, findings, counted => counted == stage);

    /// <summary>Takes in what an earlier process counted in a stage.</summary>
    public void Restore(TileStage stage, string device, ISceneSurvey survey) => _surveys[(stage, device)] = survey;

    private ISceneSurvey Sum(TileStage stage, ISceneFindings findings, Func<TileStage, bool> counts)
    {
        var total = Backend.NewSurvey(stage.Pass, findings);
        foreach (var ((counted, _), survey) in _surveys)
        {
            if (counts(counted))
            {
                total.Merge(survey);
            }
        }

        return total;
    }

    public TileLabeller Labeller(string device, TileGrid grid) =>
        _labellers.GetOrAdd((device, grid), key => new TileLabeller(key.Grid, Options.Classes, Backend.Indices));

    /// <summary>Reads a part of a tile with its halo, as far as strips cover it.</summary>
    public PixelPlanes Read(
        PixelWindow core, PixelWindow covered, TileGrid grid, StripSet strips, WorkerScratch scratch) =>
        Pixels.Read(core, grid.Halo, covered.Intersect(grid.Bounds), strips.ByRow, scratch.Readers);

    /// <summary>What is kept of a classified tile.</summary>
    public TileAnswer AnswerOf(
        TileIndex tile, TileGrid grid, TileEvidence evidence, BrowseSamples? browse, UInt128 basis,
        WorkerScratch scratch, byte[]? second = null) =>
        new(Labeller(scratch.Device, grid).Label(tile, evidence), Planes.Take(evidence, second), browse, basis);

    private static string FrameOf(
        SceneImagery imagery, ProcessingOptions options, ITileBackend backend, SecondRules? second) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {backend.Name} {backend.Version} {options.Products} {string.Join(',', options.Classes)}
            {imagery.Bands} {imagery.Type} {imagery.Radiometry.Level} {imagery.PixelSizeMetres}
            {string.Join(',', imagery.Radiometry.Scale)} {string.Join(',', imagery.Radiometry.Offset)} {string.Join(',', imagery.Nodata)}
            """)
        // An answer without a second opinion is the same as before there was any such thing.
        + (second is null ? "" : $"\nsecond {second.Name} {second.Version}");

    // Preliminary findings build on all that was seen so far. Of the final ones, the first survey is the sum over the
    // batches (it depends on nothing before it), or was counted anew after all others were forgotten; the later surveys
    // were counted anew with the findings of the whole scene.
    private static bool Counts(int batch, TileStage stage) => stage.Batch != TileStage.FinalBatch
        ? batch != TileStage.FinalBatch
        : stage.Pass == 0 || batch == TileStage.FinalBatch;
}
