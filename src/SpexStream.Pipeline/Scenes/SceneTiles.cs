using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Sharing;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The tiles of one scene: handed out, tried again, given up, and their answers kept. An answer that still holds is not
/// made again. Belongs to the scene's loop.
/// </summary>
internal sealed class SceneTiles : IDisposable
{
    private readonly SceneRunContext _context;
    private readonly SceneWorkshop _workshop;
    private readonly TileFlow _flow;
    private readonly TilesAway? _away;
    private readonly Func<SceneState> _state;
    private readonly SceneTimers _timers;
    private readonly Dictionary<TileIndex, string> _byRules = [];

    public SceneTiles(SceneRunContext context, SceneWorkshop workshop, ISceneMailbox mailbox, SceneTimers timers,
        Func<SceneState> state, ITileShare? share)
    {
        (_context, _workshop, _timers, _state) = (context, workshop, timers, state);
        Store = new TileStore(
            context.WorkFolder(workshop.Scene.Id), context.Options.ResultBudgetBytes, context.Outlives)
        {
            OnRead = context.Assemblies.Step,
        };
        Findings = new BatchFindings(workshop, share is not null);
        Surveys = new KeptSurveys(workshop, context.WorkFolder(workshop.Scene.Id), context.Outlives);
        _away = share is null ? null : new TilesAway(share, OrderOf);
        _flow = new TileFlow(
            context,
            (stage, tile) => workshop.NewJob(
                stage, tile, state().Grid, Findings.Of(stage.Batch), mailbox,
                state().PublishedRevision == 0 ? context.ModelReserve : null),
            _away);
    }

    public TileStore Store { get; }

    public BatchFindings Findings { get; }

    public KeptSurveys Surveys { get; }

    public long Pixels { get; private set; }

    /// <summary>Whether rules answered tiles whose model was too slow for the deadline: it shall be asked when there is
    /// time.</summary>
    public bool WantsRefining => _byRules.ContainsValue(ModelJob.OverdueReason);

    /// <summary>What a reader must know of the answers besides what was found.</summary>
    public ImmutableArray<string> Remarks => _byRules.Count == 0 ? [] :
        [$"{_byRules.Count} of {_state().Grid.Count} tiles were answered by the spectral rules instead of the model"];

    public int Done => _flow.Done;

    public int Known => _flow.Known;

    /// <summary>Takes up what an earlier process left; gives the batches in which it surveyed tiles, oldest
    /// first.</summary>
    public ImmutableList<ImmutableArray<TileIndex>> Recall()
    {
        Store.Recall();
        return Surveys.Recall(_state());
    }

    /// <summary>Hands tiles out; gives those back whose answer is there already.</summary>
    public IReadOnlyList<TileIndex> Start(SceneEffect.RunTiles run)
    {
        _flow.Expect(run.Tiles.Length);
        var (findings, grid) = (Findings.Of(run.Stage.Batch), _state().Grid);
        var classifies = run.Stage.Pass == _state().Layout.PassCount;
        if (!classifies && Surveys.Begin(run, grid, findings))
        {
            return run.Tiles;
        }

        var answered = new List<TileIndex>();
        foreach (var tile in run.Tiles)
        {
            if (classifies && Store.Has(tile) && Store.TryUse(tile, _workshop.Basis(tile, grid, findings)))
            {
                answered.Add(tile);
            }
            else
            {
                _flow.Enqueue(run.Stage, tile);
            }
        }

        _flow.Offer();
        return answered;
    }

    /// <summary>Draws the conclusion from a finished survey, and keeps the survey.</summary>
    public async ValueTask ConcludeAsync(TileStage stage)
    {
        var (findings, grid) = (Findings.Of(stage.Batch), _state().Grid);
        await _context.UntilDoneAsync(_workshop.Scene, () => Surveys.Keep(stage, grid, findings));
        Findings.Conclude(stage);
    }

    /// <summary>Another node has answered: which tile is done by that; null when none is.</summary>
    public async ValueTask<(TileStage Stage, TileIndex Tile)?> TakeInAsync(WorkedTile worked)
    {
        var taken = _away!.TakeIn(worked, (stage, tile) =>
            _workshop.Basis(tile, _state().Grid, Findings.Of(stage.Batch)));
        if (taken is not { Answer: { } answer } done)
        {
            if (taken is { IsAtDevice: false } back)
            {
                TryAgain(new(back.Stage, back.Tile));
            }

            return null;
        }

        await KeepAsync(new(done.Stage, done.Tile, answer) { NeededNoModel = worked.NeededNoModel });
        _context.Share!.CountShared(forOthers: false);
        return (done.Stage, done.Tile);
    }

    /// <summary>Whether a message is about a tile that another node has answered meanwhile; it is done with
    /// then.</summary>
    public bool IsLate(SceneMessage message)
    {
        if (_away?.IsLate(message) != true)
        {
            return false;
        }

        if (message is not SceneMessage.TryTile)
        {
            _flow.Forget();
        }

        return true;
    }

    /// <summary>Keeps the answer of a tile.</summary>
    public async ValueTask KeepAsync(SceneMessage.Classified classified)
    {
        _away?.Done(classified.Stage, classified.Tile);
        await PutAsync(classified.Tile, classified.Answer);
        Pixels += classified.Answer.Result.Core.Area;
        _context.Meter.PixelsClassified.Add(classified.Answer.Result.Core.Area);
        if (classified.InsteadOfModel is { } reason)
        {
            _byRules[classified.Tile] = reason;
            _context.Meter.Degraded.Add(1, new KeyValuePair<string, object?>("reason", reason));
            Count("by-rules");
        }
        else
        {
            _byRules.Remove(classified.Tile);
            Count(classified.NeededNoModel ? "triage" : "classified");
        }
    }

    /// <summary>A tile broke; true when it is given up.</summary>
    public bool Break(SceneMessage.TileBroke broke)
    {
        if (_flow.Break(broke.Stage, broke.Tile, broke.Fault) is { } wait)
        {
            _context.Meter.Retries.Add(1);
            _timers.Later(wait, new SceneMessage.TryTile(broke.Stage, broke.Tile));
            return false;
        }

        Count("given-up");
        return true;
    }

    /// <summary>Keeps "no answer" for a tile that was given up.</summary>
    public async ValueTask GiveUpAsync(SceneMessage.TileBroke broke)
    {
        var state = _state();
        _away?.Done(broke.Stage, broke.Tile);
        Surveys.Spoil(broke.Stage);
        if (broke.Stage.Pass == state.Layout.PassCount)
        {
            var result = TileResult.Without(state.Grid, broke.Tile, CoverCode.TileFailed, _context.Options.Classes);
            // No basis: whoever needs the tile once more tries it once more.
            await PutAsync(broke.Tile, new TileAnswer(result, _workshop.Planes.Empty(result.Core), null, UInt128.Zero));
        }
    }

    public void TryAgain(SceneMessage.TryTile again) => _flow.TryAgain(again.Stage, again.Tile);

    /// <summary>A tile has its answer.</summary>
    public void Finish(bool byDevice) => _flow.Finish(byDevice);

    public void Offer() => _flow.Offer();

    /// <summary>Nothing more will come back: what was ready no longer holds strips off.</summary>
    public Task StopAsync()
    {
        _flow.Dispose();
        return _away?.EndAsync() ?? Task.CompletedTask;
    }

    public void Dispose()
    {
        Surveys.Dispose();
        Store.Dispose();
    }

    // Null where only this node can do it.
    private TileOrder? OrderOf(TileStage stage, TileIndex tile) =>
        stage.Pass != _state().Layout.PassCount ? null : new()
        {
            Scene = _workshop.Scene.Id,
            Stage = stage,
            Tile = tile,
            Number = _workshop.Basis(tile, _state().Grid, Findings.Of(stage.Batch)),
            Surveys = Findings.ChainOf(stage.Batch),
        };

    private ValueTask PutAsync(TileIndex tile, TileAnswer answer) =>
        _context.UntilDoneAsync(_workshop.Scene, () => Store.Put(tile, answer));

    private void Count(string reason) => _context.Meter.Backends.Add(
        1, new KeyValuePair<string, object?>("backend", _workshop.Backend.Name),
            new KeyValuePair<string, object?>("reason", reason));
}
