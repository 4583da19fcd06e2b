using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Pixels;
using SpexStream.Pipeline.Products;
using SpexStream.Pipeline.Sharing;
using ScenePhase = SpexStream.Domain.Scenes.ScenePhase;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The work on one scene: keeps its state, lets <see cref="SceneLife"/> decide, writes down what must not be forgotten,
/// and then carries out what was asked for. Belongs to the scene's loop.
/// </summary>
internal sealed partial class SceneWork : IAsyncDisposable
{
    private readonly SceneRunContext _context;
    private readonly SceneLedger _ledger;
    private readonly SceneSpec _announced;
    private readonly SceneWorkshop _workshop;
    private readonly SceneTiles _tiles;
    private readonly StripBook _strips;
    private readonly SceneTimers _timers;
    private readonly SceneClosing _closing;
    private SceneGround? _ground;

    public SceneWork(
        SceneRunContext context, SceneLedger ledger, ISceneMailbox mailbox, SceneSpec scene, BackendLease lease,
            SceneTerms terms)
    {
        (_context, _ledger, _announced) = (context, ledger, scene);
        State = new SceneState(context.Layout(scene, terms));
        Terms = terms;
        _strips = new StripBook(scene.Id);
        _workshop = new SceneWorkshop(scene, context.Options, lease.Backend, context.Cache, context.ModelTiles)
        {
            Model = lease.Model,
        };
        _timers = new SceneTimers(mailbox, context.Time);
        _tiles = new SceneTiles(
            context, _workshop, mailbox, _timers, () => State,
            context.Share?.Open(scene.Id, ledger, mailbox, context.Abandoned));
        _closing = new SceneClosing(context, ledger, mailbox);
    }

    public SceneState State { get; private set; }

    public SceneTerms Terms { get; }

    public long ResultBytes => _tiles.Store.HeldBytes;

    public SceneSpec Scene => _workshop.Scene;

    /// <summary>Whether nothing is left to do until somebody brings another strip.</summary>
    public bool IsOver => State.Phase is ScenePhase.Closed or ScenePhase.Failed;

    /// <summary>Goes on where an earlier process, or an earlier revision, stopped.</summary>
    /// <param name="history">What the journal knows of the scene.</param>
    /// <param name="poisonous">Strips that brought the process down, and how often.</param>
    public async ValueTask ResumeAsync(SceneHistory history, IReadOnlyDictionary<StripKey, int> poisonous)
    {
        (State, _product) = (history.State, history.Folder);
        _strips.Recall(history, _workshop);
        await _context.UntilDoneAsync(Scene, () => State = State with { Remembered = _tiles.Recall() });
        foreach (var (strip, crashes) in poisonous)
        {
            await QuarantineAsync(strip, crashes);
        }

        await FollowAsync(SceneLife.Resume(State, _context.Time.GetUtcNow()), null, [], []);
    }

    /// <summary>Hands a strip over; the answer is given when what it says is written down.</summary>
    public async ValueTask TakeAsync(StripDelivery delivery, Action<DeliveryOutcome> answer)
    {
        if (SceneMatch.Check(_announced, delivery.Scene) is { } mismatch)
        {
            answer(new DeliveryOutcome.Refused(mismatch));
            return;
        }

        var isFirst = State.StripRevisions.IsEmpty;
        var step = SceneLife.Handle(
            State, MovedStrip.Input(_strips, delivery, State, _tiles.Store), _context.Time.GetUtcNow());
        if (step.Effects.Select(LifeFacts.OutcomeOf).FirstOrDefault(o => o is not null) is { } outcome)
        {
            // A duplicate may still say that it is the last of its pass.
            await MovedStrip.FollowAsync(_strips, delivery, State, _ledger, Use);
            await FollowAsync(step, null, [], []);
            answer(outcome);
            return;
        }

        _strips.Keep(delivery);
        await FollowAsync(
            step,
            delivery,
            isFirst ? [new SceneFact.SceneOpened(_announced, Terms)] : [],
            isFirst ? _context.Messages.Opened(_announced, _workshop.Model) : [],
            async () =>
            {
                answer(new DeliveryOutcome.Accepted());
                if (isFirst)
                {
                    await _context.Events.OpenedAsync(_announced);
                }
            });
    }

    private async ValueTask QuarantineAsync(StripKey strip, int crashes)
    {
        var sentence = LifeFacts.SentenceOf(strip, crashes);
        await FollowAsync(
            SceneLife.Handle(State, new SceneInput.StripQuarantined(strip.Index), _context.Time.GetUtcNow()), null,
            [new SceneFact.StripQuarantined(strip, crashes, sentence)],
            _context.Messages.Quarantined(Scene, strip.Index, sentence, crashes, Moment(State.NextRevision)),
            () => _context.Events.QuarantinedAsync(Scene, sentence));
    }

    public async ValueTask HandleAsync(ISceneMessage message)
    {
        switch (message)
        {
            case SceneMessage late when _tiles.IsLate(late):
                break;
            case SceneRequest.EndPass end:
                await DecideAsync(new SceneInput.PassEnded(end.End.StripCount, end.End.Tiers));
                break;
            case SceneMessage.Tick:
                await DecideAsync(new SceneInput.Ticked());
                break;
            case SceneMessage.Surveyed surveyed:
                await FinishTileAsync(surveyed.Stage, surveyed.Tile, byDevice: true);
                break;
            case SceneMessage.Classified classified:
                await _tiles.KeepAsync(classified);
                await FinishTileAsync(classified.Stage, classified.Tile, byDevice: true);
                break;
            case SceneMessage.TileBroke broke when _tiles.Break(broke):
                await _tiles.GiveUpAsync(broke);
                await _context.Events.TileGivenUpAsync(Scene, broke.Fault.Message);
                await FinishTileAsync(broke.Stage, broke.Tile, byDevice: true);
                break;
            case SceneMessage.TryTile again:
                _tiles.TryAgain(again);
                break;
            case SceneMessage.Assembled assembled:
                _context.Stalls.End(Scene.Id);
                _product = await _closing.PublishAsync(
                    assembled.Outcome, goesOn: !State.Later.IsEmpty || _tiles.WantsRefining);
                await DecideAsync(new SceneInput.ProductsAssembled());
                if (_tiles.WantsRefining)
                {
                    await FollowAsync(SceneOrders.Refine(State, _context.Time.GetUtcNow()), null, [], []);
                }

                break;
            case SceneMessage.AssemblyBroke broke when _closing.WaitAfter(broke.Fault) is { } wait:
                _context.Stalls.Begin(Scene.Id, broke.Fault);
                await _context.Events.DelayedAsync(Scene, broke.Fault, wait);
                _timers.Later(wait, new SceneMessage.TryAssembly());
                break;
            case SceneMessage.AssemblyBroke broke:
                await FailAsync(broke.Fault);
                break;
            case SceneMessage.TryAssembly:
                _closing.Start();
                break;
            case IdleDevices idle:
                idle.Taken();
                _tiles.Offer();
                break;
            case WorkedTile worked:
                if (await _tiles.TakeInAsync(worked) is var (stage, tile))
                {
                    await FinishTileAsync(stage, tile, byDevice: false);
                }

                worked.Taken.TrySetResult();
                break;
        }
    }

    /// <summary>Says that the scene cannot be finished, and leaves it at that.</summary>
    public async ValueTask FailAsync(Exception fault)
    {
        const string Reason = "failed";
        await _ledger.WriteAsync(
            [new SceneFact.SceneFailed(Reason, fault.Message, [])],
            _context.Messages.Failed(Scene, Reason, fault.Message, Moment(State.NextRevision)));
        State = State with { Phase = ScenePhase.Failed };
        await _context.Events.FailedAsync(Scene, fault);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _tiles.StopAsync();
        }
        finally
        {
            // What is put together works with what goes after this.
            _timers.Dispose();
            _context.Stalls.End(Scene.Id);
            await _closing.Running;
            _tiles.Dispose();
            _workshop.ForgetPixels();
        }
    }

    private ValueTask DecideAsync(SceneInput input) =>
        FollowAsync(SceneLife.Handle(State, input, _context.Time.GetUtcNow()), null, [], []);

    // First what must not be forgotten, then everything else: a crash in between does it again.
    private async ValueTask FollowAsync(
        SceneStep step, StripDelivery? delivery, ImmutableArray<SceneFact> before,
        ImmutableArray<OutgoingMessage> messages,
        Func<ValueTask>? written = null)
    {
        await _ledger.WriteAsync(
            [.. before, .. LifeFacts.Of(step, delivery)],
                [.. messages, .. LifeFacts.MessagesOf(step, Scene, _context.Messages, Moment)]);
        State = step.State;
        if (written is not null)
        {
            await written();
        }

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
                foreach (var tile in _tiles.Start(run))
                {
                    await FinishTileAsync(run.Stage, tile, byDevice: false);
                }

                break;
            case SceneEffect.UseStrip use:
                Use(use.Strip);
                break;
            case SceneEffect.DropStrip drop:
                _workshop.Drop(drop.StripIndex);
                break;
            case SceneEffect.Rebase rebase:
                _workshop.Rebase(rebase.FirstRow);
                _ground = null;
                break;
            case SceneEffect.ExpectStrips expect:
                _workshop.Expect(expect.Count);
                break;
            case SceneEffect.ForgetSurveys:
                _tiles.Findings.Forget();
                break;
            case SceneEffect.Conclude conclude:
                await _tiles.ConcludeAsync(conclude.Stage);
                await DecideAsync(new SceneInput.StageConcluded(conclude.Stage));
                break;
            case SceneEffect.SummariseStrip summarise:
                await SummariseAsync(summarise.StripIndex);
                break;
            case SceneEffect.WakeAt wake:
                _timers.Later(wake.Time - _context.Time.GetUtcNow(), new SceneMessage.Tick());
                break;
            case SceneEffect.ReportMissing missing:
                await _context.Events.MissedAsync(Scene, LifeFacts.SentenceOf(missing));
                break;
            case SceneEffect.Assemble assemble:
                Assemble(assemble);
                break;
        }
    }

    private void Assemble(SceneEffect.Assemble assemble)
    {
        _workshop.ForgetPixels();
        _closing.Start(AssemblyTask.Of(assemble, State, _workshop, _tiles, _context.Outlives ? _ledger.Epoch : null));
    }

    private void Use(StripEntry strip)
    {
        _workshop.Use(_strips.RasterOf(strip, State.StripRevisions.GetValueOrDefault(strip.Index, 1)));
        _ground = null;
    }
}
