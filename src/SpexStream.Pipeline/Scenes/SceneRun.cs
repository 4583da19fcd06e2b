using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Pixels;
using SpexStream.Pipeline.Products;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// One scene at work: the only writer of its state. Messages come in one by one; <see cref="SceneLife"/> decides, and this
/// class carries out what it asks for.
/// </summary>
internal sealed class SceneRun : IAsyncDisposable
{
    private readonly SceneRunContext _context;
    private readonly SceneWorkshop _workshop;
    private readonly TileStore _tiles;
    private readonly SceneMailbox _mailbox = new();
    private readonly BatchFindings _findings;
    private readonly TileFlow _flow;
    private readonly List<ITimer> _timers = [];
    private SceneState _state;
    private SceneGround? _ground;
    private Task _assembly = Task.CompletedTask;
    private long _pixels;
    private volatile bool _hasFailed;

    public SceneRun(SceneSpec scene, ITileBackend backend, SceneRunContext context)
    {
        _context = context;
        _workshop = new SceneWorkshop(scene, context.Options, backend, context.Cache);
        _findings = new BatchFindings(_workshop);
        _tiles = new TileStore(context.WorkFolder(scene.Id), context.Options.ResultBudgetBytes);
        _state = new SceneState(new SceneLayout(
            scene.Width, scene.Height, scene.StripCount, context.Options.TileSize, backend.ReachPixels,
            backend.PassCount, context.Options.GatherTimeout, scene.RowsAreAbsolute));
        _flow = new TileFlow(context, NewJob);
        Completion = Task.Run(RunAsync);
    }

    public SceneSpec Scene => _workshop.Scene;

    /// <summary>Ends when the scene is closed or failed and has cleaned up.</summary>
    public Task Completion { get; }

    /// <summary>Whether nothing will come of it any more; known before any strip is answered for that reason.</summary>
    public bool HasFailed => _hasFailed;

    /// <summary>Whether strips are still waited for; read by others, so only a hint.</summary>
    public bool IsGathering => _state.Phase == ScenePhase.Gathering;

    public async ValueTask<DeliveryOutcome> DeliverAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        var outcome = new TaskCompletionSource<DeliveryOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!await _mailbox.TryPostAsync(new SceneMessage.Deliver(delivery, outcome), cancellation))
        {
            return new DeliveryOutcome.Refused(LateStrips.SceneClosed);
        }

        return await outcome.Task.WaitAsync(cancellation);
    }

    public async ValueTask EndPassAsync(int? stripCount, CancellationToken cancellation)
    {
        var end = new SceneMessage.EndPass(stripCount, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await (await _mailbox.TryPostAsync(end, cancellation) ? end.Read.Task.WaitAsync(cancellation) : Task.CompletedTask);
    }

    /// <summary>Takes no more messages and waits until the scene has ended; one that failed has said so.</summary>
    public async ValueTask DisposeAsync()
    {
        _mailbox.Close();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var message in _mailbox.Messages)
            {
                await HandleAsync(message);
                if (_state.Phase == ScenePhase.Closed)
                {
                    _mailbox.Close();
                }
            }
        }
        catch (Exception fault)
        {
            // The top of the scene's loop: one scene's trouble is told, and the others go on.
            _hasFailed = true;
            _mailbox.Close();
            await _context.Events.FailedAsync(Scene, fault);
        }
        finally
        {
            await CleanUpAsync();
        }
    }

    private async ValueTask CleanUpAsync()
    {
        _flow.Dispose();
        _mailbox.RefuseRest();
        _timers.ForEach(timer => timer.Dispose());
        await _assembly;
        _tiles.Dispose();
        _workshop.ForgetPixels();
    }

    private async ValueTask HandleAsync(SceneMessage message)
    {
        switch (message)
        {
            case SceneMessage.Deliver deliver:
                await deliver.AnswerAsync(OnDeliverAsync);
                break;
            case SceneMessage.EndPass end:
                end.Read.TrySetResult();
                await DecideAsync(new SceneInput.PassEnded(end.StripCount));
                break;
            case SceneMessage.Tick:
                await DecideAsync(new SceneInput.Ticked());
                break;
            case SceneMessage.Surveyed surveyed:
                await OnTileDoneAsync(surveyed.Stage, surveyed.Tile);
                break;
            case SceneMessage.Classified classified:
                _tiles.Put(classified.Tile, classified.Answer);
                _pixels += classified.Answer.Result.Core.Area;
                _context.Meter.PixelsClassified.Add(classified.Answer.Result.Core.Area);
                CountTile("classified");
                await OnTileDoneAsync(classified.Stage, classified.Tile);
                break;
            case SceneMessage.TileBroke broke:
                await OnTileBrokeAsync(broke);
                break;
            case SceneMessage.Assembled assembled:
                await _context.Events.ClosedAsync(assembled.Outcome);
                await DecideAsync(new SceneInput.ProductsAssembled());
                break;
            case SceneMessage.AssemblyBroke broke:
                _hasFailed = true;
                await _context.Events.FailedAsync(Scene, broke.Fault);
                _mailbox.Close();
                break;
        }
    }

    private async ValueTask OnDeliverAsync(SceneMessage.Deliver message)
    {
        var (delivery, first) = (message.Delivery, _state.Strips.IsEmpty);
        var step = SceneLife.Handle(_state, new SceneInput.StripArrived(delivery.Strip, delivery.EndsPass), _context.Time.GetUtcNow());
        var outcome = step.Effects.Select(OutcomeOf).FirstOrDefault(o => o is not null) ?? new DeliveryOutcome.Accepted();
        if (outcome is DeliveryOutcome.Accepted)
        {
            _workshop.Add(new StripRaster(delivery.Path, delivery.Info, delivery.Strip.RowOffset, delivery.FileBands)
            {
                Identity = $"{Scene.Id}/{delivery.Strip.Index}/{delivery.Strip.ContentId}/{delivery.Path}",
            });
        }

        message.Outcome.TrySetResult(outcome);
        if (first && outcome is DeliveryOutcome.Accepted)
        {
            await _context.Events.OpenedAsync(Scene);
        }

        await CarryOutAsync(step);
    }

    private static DeliveryOutcome? OutcomeOf(SceneEffect effect) => effect switch
    {
        SceneEffect.CountDuplicate => new DeliveryOutcome.Duplicate(),
        SceneEffect.RefuseStrip refuse => new DeliveryOutcome.Refused(refuse.Rejection),
        _ => null,
    };

    private async ValueTask OnTileDoneAsync(TileStage stage, TileIndex tile, bool byDevice = true)
    {
        _flow.Finish(byDevice);
        await DecideAsync(new SceneInput.TileDone(stage, tile));
        _flow.Offer();
        await _context.Events.ProgressedAsync(Scene, new SceneProgressFacts(
            _state.Strips.Count, _state.ExpectedStrips, _flow.Done, _flow.Known, _pixels));
    }

    private async ValueTask OnTileBrokeAsync(SceneMessage.TileBroke broke)
    {
        if (_flow.TryAgain(broke.Stage, broke.Tile))
        {
            _context.Meter.Retries.Add(1);
            return;
        }

        CountTile("given-up");
        await _context.Events.TileGivenUpAsync(Scene, broke.Fault.Message);
        if (broke.Stage.Pass == _state.Layout.PassCount)
        {
            var result = TileResult.Without(_state.Grid, broke.Tile, CoverCode.TileFailed, _context.Options.Classes);
            _tiles.Put(broke.Tile, new TileAnswer(result, _workshop.Planes.Empty(result.Core), null, _findings.Of(broke.Stage.Batch)));
        }

        await OnTileDoneAsync(broke.Stage, broke.Tile);
    }

    private void CountTile(string reason) => _context.Meter.Backends.Add(
        1, new KeyValuePair<string, object?>("backend", _workshop.Backend.Name), new KeyValuePair<string, object?>("reason", reason));

    private async ValueTask DecideAsync(SceneInput input) =>
        await CarryOutAsync(SceneLife.Handle(_state, input, _context.Time.GetUtcNow()));

    private async ValueTask CarryOutAsync(SceneStep step)
    {
        _state = step.State;
        foreach (var effect in step.Effects)
        {
            await CarryOutAsync(effect);
        }
    }

    private async ValueTask CarryOutAsync(SceneEffect effect)
    {
        switch (effect)
        {
            case SceneEffect.RunTiles run:
                await StartTilesAsync(run);
                break;
            case SceneEffect.Rebase rebase:
                _workshop.Rebase(rebase.FirstRow);
                break;
            case SceneEffect.ExpectStrips expect:
                _workshop.Expect(expect.Count);
                break;
            case SceneEffect.Conclude conclude:
                _findings.Conclude(conclude.Stage);
                await DecideAsync(new SceneInput.StageConcluded(conclude.Stage));
                break;
            case SceneEffect.SummariseStrip summarise:
                var strip = _state.Strips[summarise.StripIndex];
                var facts = StripSummary.Of(_workshop, _state, strip, _tiles, _findings.Latest, Ground);
                await _context.Events.StripSummarisedAsync(Scene, strip, facts);
                break;
            case SceneEffect.WakeAt wake:
                var due = wake.Time - _context.Time.GetUtcNow();
                _timers.Add(_context.Time.CreateTimer(
                    _ => _mailbox.Writer.TryWrite(new SceneMessage.Tick()), null,
                    due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan));
                break;
            case SceneEffect.Assemble assemble:
                StartAssembly(assemble);
                break;
        }
    }

    private async ValueTask StartTilesAsync(SceneEffect.RunTiles run)
    {
        _flow.Expect(run.Tiles.Length);
        var findings = _findings.Of(run.Stage.Batch);
        foreach (var tile in run.Tiles)
        {
            // What was classified with the same findings already is not done again.
            if (run.Stage is { Batch: TileStage.FinalBatch } && run.Stage.Pass == _state.Layout.PassCount
                && _tiles.IsCurrent(tile, findings))
            {
                await OnTileDoneAsync(run.Stage, tile, byDevice: false);
                continue;
            }

            _flow.Enqueue(run.Stage, tile);
        }

        _flow.Offer();
    }

    private SceneTileJob NewJob(TileStage stage, TileIndex tile) =>
        _workshop.NewJob(stage, tile, _state.Grid, _findings.Of(stage.Batch), _mailbox.Writer);

    private SceneGround? Ground => _ground ??= SceneGround.Of(Scene, _state.KnownHeight, _context.Transforms);

    private void StartAssembly(SceneEffect.Assemble assemble)
    {
        _workshop.ForgetPixels();
        var grid = new TileGrid(Scene.Width, assemble.Height, _context.Options.TileSize, _workshop.Backend.ReachPixels);
        var task = new AssemblyTask(_workshop, grid, _tiles, _findings.Latest, assemble.CompletenessPercent,
            _state.Strips.Count, _state.MissingStrips, _state.PassHasEnded);
        _assembly = Task.Run(() => _mailbox.Writer.TryWrite(AssemblyRun.Of(task, _context)));
    }
}
