using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Devices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Models;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// Asks a model about one tile: the pixels are read and put into a batch on a reading thread, the answer is taken out
/// of it on the device's answering thread. A device that fails gives the tile back; another one takes it, or the same
/// one later.
/// </summary>
internal sealed class ModelJob(
    SceneWorkshop workshop, ILearnedBackend backend, TileStage stage, TileIndex tile, TileGrid grid,
    ISceneFindings findings,
    ISceneMailbox mailbox, ITileDispatcher dispatcher) : SceneTileJob(stage, tile, mailbox), IModelTile
{
    /// <summary>Why a tile was answered by rules whose model could not keep the deadline.</summary>
    public const string OverdueReason = "deadline";

    private StripSet _strips = StripSet.Empty;
    private BrowseSamples? _browse;
    private byte[]? _second;
    private TileBlame _blame = TileBlame.None;
    private int _devices = 1;

    public override string Stage => "classify";

    public override FlightMark? Mark => workshop.MarkOf(Tile, grid);

    /// <summary>How early a tile has to be done before the scene's answer is due; null where the scene is not to be
    /// hurried, for what it has told already stands.</summary>
    public TimeSpan? Reserve { get; init; }

    public override void Run(WorkerScratch scratch)
    {
        var core = grid.Core(Tile);
        (_strips, _browse, _second, _devices) = (workshop.Strips, null, null, scratch.Models!.DeviceCount);
        if (backend.Fallback is { } rules && Obstacle(scratch.Models!) is { } obstacle)
        {
            Answer(rules, obstacle, scratch);
            return;
        }

        var whole = _strips.CoveredParts(core).FirstOrDefault(part => part.Intersect(core) == core);
        if (whole.IsEmpty)
        {
            // Rows that no strip brought are nodata; each run of rows between them is asked about on its own.
            new GapTile(this, core, grid.TileSize).Run(_strips.CoveredParts(core), scratch);
            return;
        }

        using var pixels = Read(core, whole, scratch);
        _browse = workshop.Browse.Take(pixels);
        var evidence = scratch.Evidence(grid.TileSize);
        _second = Consider(pixels, evidence) ? SecondPlane.Pack(evidence) : null;
        switch (Ask(pixels, this, evidence, scratch))
        {
            case Asked.NeedNot:
                // What the model was not asked about it has no opinion on: there is nothing to be of one mind with.
                _second = null;
                Finish(evidence, [], isAsked: false, scratch);
                break;
            case Asked.DeviceIsOut:
                Reoffer();
                break;
        }
    }

    public void Answer(IModelBatch batch, int slot, WorkerScratch scratch)
    {
        var evidence = scratch.Evidence(grid.TileSize);
        var texts = batch.Answer(slot, evidence);
        Finish(evidence, texts, isAsked: true, scratch);
    }

    public void GiveBack(DeviceFaultException fault)
    {
        // Half as many tiles may fit into its memory: that says nothing of this one.
        _blame = fault.Kind == DeviceFaultKind.OutOfMemory ? _blame : _blame.After(fault.Device);
        if (backend.Fallback is null && _blame.IsProven(_devices))
        {
            Fail(fault);
        }
        else
        {
            Reoffer();
        }
    }

    private string? Obstacle(ModelDevice device) =>
        _blame.IsProven(_devices) ? "tile-breaks-devices"
        : device.AllAreOut ? "no-device"
        : Reserve is { } reserve && device.Forecast + reserve > Deadline ? OverdueReason
        : null;

    // On no basis that another answer could rest on: whoever needs the tile once more asks the model.
    private void Answer(ITileBackend rules, string obstacle, WorkerScratch scratch)
    {
        var (evidence, browse) =
            RuleAnswer.Of(workshop, grid.Core(Tile), grid, _strips, rules, rules.InitialFindings, scratch);
        Report(new SceneMessage.Classified(
            TileStage, Tile, workshop.AnswerOf(Tile, grid, evidence, browse, TileBasis.OfRules, scratch))
        {
            InsteadOfModel = obstacle,
        });
    }

    /// <summary>Puts the tile back into the queue.</summary>
    public void Reoffer() => dispatcher.TakeBack(this);

    /// <summary>Asks the model about some pixels.</summary>
    /// <param name="pixels">The pixels; the caller's.</param>
    /// <param name="answered">Told the answer.</param>
    /// <param name="evidence">The whole answer, where the model need not be asked.</param>
    /// <param name="scratch">What the reading thread keeps.</param>
    public Asked Ask(PixelPlanes pixels, IModelTile answered, TileEvidence evidence, WorkerScratch scratch) =>
        backend.Ask(pixels, findings, evidence) is not { } request ? Asked.NeedNot
        : scratch.Models!.TryAdd(backend.Model, pixels, request, answered) ? Asked.Waits : Asked.DeviceIsOut;

    /// <summary>Fills an evidence by what the rules beside the model say of some pixels. False where they say
    /// nothing.</summary>
    public bool Consider(PixelPlanes pixels, TileEvidence evidence) =>
        workshop.Second?.TryClassify(pixels, findings, evidence) == true;

    /// <summary>Reads a part of the tile with its halo.</summary>
    public PixelPlanes Read(PixelWindow core, PixelWindow covered, WorkerScratch scratch) =>
        workshop.Read(core, covered, grid, _strips, scratch);

    /// <summary>Reports the answer of the whole tile.</summary>
    /// <param name="evidence">The answer.</param>
    /// <param name="texts">What the model said.</param>
    /// <param name="isAsked">Whether it was asked.</param>
    /// <param name="scratch">What the thread keeps.</param>
    /// <param name="second">The plane of the rules beside the model, where it was put together from parts.</param>
    public void Finish(
        TileEvidence evidence, ImmutableArray<ModelText> texts, bool isAsked, WorkerScratch scratch,
        byte[]? second = null)
    {
        var basis = TileBasis.Of(workshop.Frame, Tile, grid, _strips, findings);
        var answer = workshop.AnswerOf(Tile, grid, evidence, _browse, basis, scratch, second ?? _second);
        Report(new SceneMessage.Classified(TileStage, Tile, answer with { Texts = texts })
        {
            NeededNoModel = !isAsked,
        });
    }
}
