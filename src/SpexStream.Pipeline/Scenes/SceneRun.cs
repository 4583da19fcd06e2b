using System.Threading.Channels;
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
    /// <summary>Tiles of one scene that may wait or run at once.</summary>
    public const int TileWindow = 32;

    private const int TileAttempts = 3;
    private const int MailboxCapacity = 1024;

    private readonly SceneRunContext _context;
    private readonly SceneWorkshop _workshop;
    private readonly TileStore _tiles;
    private readonly Channel<SceneMessage> _mailbox = Channel.CreateBounded<SceneMessage>(
        new BoundedChannelOptions(MailboxCapacity) { SingleReader = true });

    private readonly Dictionary<int, ISceneFindings> _findings = [];
    private readonly Dictionary<(TileStage Stage, TileIndex Tile), int> _attempts = [];
    private readonly Queue<(TileStage Stage, TileIndex Tile)> _waiting = new();
    private readonly List<ITimer> _timers = [];
    private SceneState _state;
    private SceneGround? _ground;
    private int _inFlight;
    private int _tilesDone;
    private int _tilesKnown;
    private long _pixels;

    public SceneRun(SceneSpec scene, ITileBackend backend, SceneRunContext context)
    {
        _context = context;
        Scene = scene;
        _workshop = new SceneWorkshop(scene, context.Options, backend, context.Cache);
        _tiles = new TileStore(context.WorkFolder(scene.Id), context.Options.ResultBudgetBytes);
        _state = new SceneState(new SceneLayout(
            scene.Width, scene.Height, scene.StripCount, context.Options.TileSize, backend.ReachPixels,
            backend.PassCount, context.Options.GatherTimeout));
        Completion = Task.Run(RunAsync);
    }

    public SceneSpec Scene { get; }

    /// <summary>Ends when the scene is closed or failed.</summary>
    public Task Completion { get; }

    /// <summary>Whether strips are still waited for; read by others, so only a hint.</summary>
    public bool IsGathering => _state.Phase == ScenePhase.Gathering;

    public async ValueTask<DeliveryOutcome> DeliverAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        var outcome = new TaskCompletionSource<DeliveryOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!await TryPostAsync(new SceneMessage.Deliver(delivery, outcome), cancellation))
        {
            return new DeliveryOutcome.Refused(LateStrips.SceneClosed);
        }

        return await outcome.Task.WaitAsync(cancellation);
    }

    public async ValueTask EndPassAsync(CancellationToken cancellation) =>
        await TryPostAsync(new SceneMessage.EndPass(), cancellation);

    public async ValueTask DisposeAsync()
    {
        _mailbox.Writer.TryComplete();
        await Completion;
        _timers.ForEach(timer => timer.Dispose());
        _tiles.Dispose();
    }

    private async ValueTask<bool> TryPostAsync(SceneMessage message, CancellationToken cancellation)
    {
        while (await _mailbox.Writer.WaitToWriteAsync(cancellation))
        {
            if (_mailbox.Writer.TryWrite(message))
            {
                return true;
            }
        }

        return false;
    }

    private async Task RunAsync()
    {
        await foreach (var message in _mailbox.Reader.ReadAllAsync())
        {
            await HandleAsync(message);
            if (_state.Phase == ScenePhase.Closed)
            {
                _mailbox.Writer.TryComplete();
            }
        }
    }

    private async ValueTask HandleAsync(SceneMessage message)
    {
        switch (message)
        {
            case SceneMessage.Deliver deliver:
                await OnDeliverAsync(deliver);
                break;
            case SceneMessage.EndPass:
                await DecideAsync(new SceneInput.PassEnded());
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
                await _context.Events.FailedAsync(Scene, broke.Fault);
                _mailbox.Writer.TryComplete();
                break;
        }
    }

    private async ValueTask OnDeliverAsync(SceneMessage.Deliver message)
    {
        var (delivery, first) = (message.Delivery, _state.Strips.IsEmpty);
        var step = SceneLife.Handle(_state, new SceneInput.StripArrived(delivery.Strip), _context.Time.GetUtcNow());
        var outcome = step.Effects.Select(OutcomeOf).FirstOrDefault(o => o is not null) ?? new DeliveryOutcome.Accepted();
        if (outcome is DeliveryOutcome.Accepted)
        {
            _workshop.Add(new StripRaster(delivery.Path, delivery.Info, delivery.Strip.RowOffset, delivery.FileBands));
            if (first)
            {
                await _context.Events.OpenedAsync(Scene);
            }
        }

        message.Outcome.TrySetResult(outcome);
        await CarryOutAsync(step);
        if (delivery.EndsPass)
        {
            await DecideAsync(new SceneInput.PassEnded());
        }
    }

    private static DeliveryOutcome? OutcomeOf(SceneEffect effect) => effect switch
    {
        SceneEffect.CountDuplicate => new DeliveryOutcome.Duplicate(),
        SceneEffect.RefuseStrip refuse => new DeliveryOutcome.Refused(refuse.Rejection),
        _ => null,
    };

    private async ValueTask OnTileDoneAsync(TileStage stage, TileIndex tile)
    {
        _inFlight--;
        _tilesDone++;
        await DecideAsync(new SceneInput.TileDone(stage, tile));
        OfferTiles();
        await _context.Events.ProgressedAsync(Scene, new SceneProgressFacts(
            _state.Strips.Count, _state.Layout.StripCount, _tilesDone, _tilesKnown, _pixels));
    }

    private async ValueTask OnTileBrokeAsync(SceneMessage.TileBroke broke)
    {
        var key = (broke.Stage, broke.Tile);
        var attempt = _attempts[key] = _attempts.GetValueOrDefault(key) + 1;
        if (attempt < TileAttempts)
        {
            _inFlight--;
            _waiting.Enqueue(key);
            OfferTiles();
            return;
        }

        await _context.Events.TileGivenUpAsync(Scene, broke.Fault.Message);
        if (broke.Stage.Pass == _state.Layout.PassCount)
        {
            var result = TileResult.Without(_state.Grid, broke.Tile, CoverCode.TileFailed, _context.Options.Classes);
            _tiles.Put(broke.Tile, new TileAnswer(result, _workshop.Planes.Empty(result.Core), null, FindingsOf(broke.Stage.Batch)));
        }

        await OnTileDoneAsync(broke.Stage, broke.Tile);
    }

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
            case SceneEffect.Conclude conclude:
                Conclude(conclude.Stage);
                await DecideAsync(new SceneInput.StageConcluded(conclude.Stage));
                break;
            case SceneEffect.SummariseStrip summarise:
                var strip = _state.Strips[summarise.StripIndex];
                var facts = StripSummary.Of(_workshop, _state, strip, _tiles, LatestFindings, Ground);
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
        _tilesKnown += run.Tiles.Length;
        var findings = FindingsOf(run.Stage.Batch);
        foreach (var tile in run.Tiles)
        {
            // What was classified with the same findings already is not done again.
            if (run.Stage is { Batch: TileStage.FinalBatch } && run.Stage.Pass == _state.Layout.PassCount
                && _tiles.IsCurrent(tile, findings))
            {
                _inFlight++;
                await OnTileDoneAsync(run.Stage, tile);
                continue;
            }

            _waiting.Enqueue((run.Stage, tile));
        }

        OfferTiles();
    }

    private void OfferTiles()
    {
        while (_inFlight < TileWindow && _waiting.TryPeek(out var next))
        {
            var findings = FindingsOf(next.Stage.Batch);
            SceneTileJob job = next.Stage.Pass == _state.Layout.PassCount
                ? new ClassifyJob(_workshop, next.Stage, next.Tile, _state.Grid, findings, _mailbox.Writer)
                {
                    Priority = Scene.Priority,
                    Deadline = Scene.Deadline ?? DateTimeOffset.MaxValue,
                }
                : new SurveyJob(_workshop, next.Stage, next.Tile, _state.Grid, findings, _mailbox.Writer)
                {
                    Priority = Scene.Priority,
                    Deadline = Scene.Deadline ?? DateTimeOffset.MaxValue,
                };
            if (!_context.Dispatcher.TryOffer(job))
            {
                throw new InvalidOperationException("The dispatcher has no room for a tile inside of its scene's window.");
            }

            _waiting.Dequeue();
            _inFlight++;
        }
    }

    private ISceneFindings FindingsOf(int batch) =>
        _findings.TryGetValue(batch, out var findings) ? findings : _workshop.Backend.InitialFindings;

    /// <summary>What the last batch that came to a conclusion found; the final one's number is the highest.</summary>
    private ISceneFindings LatestFindings =>
        _findings.Count == 0 ? _workshop.Backend.InitialFindings : _findings[_findings.Keys.Max()];

    private SceneGround? Ground => _ground ??= SceneGround.Of(Scene, _state.KnownHeight, _context.Transforms);

    private void Conclude(TileStage stage)
    {
        var findings = FindingsOf(stage.Batch);
        _findings[stage.Batch] = _workshop.Backend.Conclude(findings, _workshop.Total(stage, findings));
    }

    private void StartAssembly(SceneEffect.Assemble assemble)
    {
        _workshop.ForgetPixels();
        var grid = new TileGrid(Scene.Width, assemble.Height, _context.Options.TileSize, _workshop.Backend.ReachPixels);
        var task = new AssemblyTask(_workshop, grid, _tiles, LatestFindings, assemble.CompletenessPercent,
            _state.Strips.Count, _state.MissingStrips);
        _ = Task.Run(() =>
        {
            SceneMessage message;
            try
            {
                message = new SceneMessage.Assembled(_context.Assembler.Assemble(task));
            }
            catch (Exception fault)
            {
                // The top of the task: whatever went wrong becomes the scene's failure, told to the operator.
                message = new SceneMessage.AssemblyBroke(fault);
            }

            _mailbox.Writer.TryWrite(message);
        });
    }
}
