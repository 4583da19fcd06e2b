using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// One open scene: takes it up from the journal, then takes messages one by one until it is over. The only writer of
/// its state; what goes wrong here ends this scene and no other.
/// </summary>
internal sealed partial class SceneRun : IAsyncDisposable
{
    private readonly SceneRunContext _context;
    private readonly SceneMailbox _mailbox;
    private readonly TaskCompletionSource _recalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SceneLedger? _ledger;
    private SceneWork? _work;
    private BackendLease? _lease;

    public SceneRun(SceneId scene, SceneRunContext context)
    {
        (Scene, _context) = (scene, context);
        _mailbox = new SceneMailbox(context.MailboxCapacity);
        Completion = Task.Run(RunAsync);
    }

    public SceneId Scene { get; }

    /// <summary>Ends when the scene stands as the journal knows it, or could not be read.</summary>
    public Task Recalled => _recalled.Task;

    /// <summary>Ends when the scene is closed or failed and has cleaned up.</summary>
    public Task Completion { get; }

    /// <summary>Messages in its mailbox.</summary>
    public int MailboxDepth => _mailbox.Depth;

    /// <summary>Bytes of answers that it keeps in memory.</summary>
    public long ResultBytes => _work?.ResultBytes ?? 0;

    /// <summary>Whether strips are still waited for; read by others, so only a hint.</summary>
    public bool IsGathering => _work is null or { State.Phase: ScenePhase.Gathering };

    /// <summary>Hands a strip over; null when the scene is over and has to be opened anew.</summary>
    public async ValueTask<DeliveryOutcome?> DeliverAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        var outcome = new TaskCompletionSource<DeliveryOutcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        return await _mailbox.TryPostAsync(new SceneMessage.Deliver(delivery, outcome), cancellation)
            ? await outcome.Task.WaitAsync(cancellation)
            : null;
    }

    /// <summary>Says that the pass is over; ends when that is written down, or the scene is over.</summary>
    public async ValueTask EndPassAsync(PassEnd end, CancellationToken cancellation)
    {
        var message = new SceneMessage.EndPass(end, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (await _mailbox.TryPostAsync(message, cancellation))
        {
            await message.Read.Task.WaitAsync(cancellation);
        }
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
            await RecallAsync();
            _recalled.TrySetResult();
            await foreach (var message in _mailbox.Messages)
            {
                await HandleAsync(message);
                if (_work is null or { IsOver: true })
                {
                    _mailbox.Close();
                }
            }
        }
        catch (OperationCanceledException) when (_context.Abandoned.IsCancellationRequested)
        {
            // The process ends: what is not done is taken up by the next one.
        }
        catch (Exception fault)
        {
            // The top of the scene's loop: one scene's trouble is told, and the others go on. Who waits is told, too: a
            // scene that cannot even be taken up would fail once more for everyone who came back.
            _mailbox.Close();
            _mailbox.GiveBackRest(fault);
            await FailAsync(fault);
        }
        finally
        {
            _recalled.TrySetResult();
            _mailbox.Close();
            _mailbox.GiveBackRest();
            await (_work?.DisposeAsync() ?? ValueTask.CompletedTask);
            _lease?.Dispose();
        }
    }

    private async ValueTask RecallAsync()
    {
        var journal = _context.Journal;
        var writer = await JournalPatience.AskAsync(
            () => journal.OpenWriterAsync(Scene, _context.Abandoned), _context.Time, _context.Abandoned);
        var facts = await JournalPatience.AskAsync(
            () => journal.ReadAsync(Scene, cancellation: _context.Abandoned).ToListAsync(_context.Abandoned),
            _context.Time, _context.Abandoned);
        _ledger = new(writer, _context.Time, _context.Abandoned)
        {
            FirstEpoch = facts.Count > 0 ? facts[0].Epoch : writer.Epoch,
        };
        if (SceneHistory.Of(facts, _context.Layout) is { } history)
        {
            var crashes = await CrashesAsync(facts);
            _lease = _context.Backends.Lease(history.Scene);
            // A backend that is not the one of before has another reach and other surveys; and none of its answers.
            var terms = history.Terms.Under(_lease.Backend);
            var layout = _context.Layout(history.Scene, terms);
            _work = new(_context, _ledger, _mailbox, history.Scene, _lease, terms);
            await _work.ResumeAsync(history with { State = history.State with { Layout = layout } }, crashes);
        }
    }

    // What an earlier process had on its devices when it died is written down once, and then counted with what is
    // known.
    private async ValueTask<Dictionary<StripKey, int>> CrashesAsync(List<RecordedFact> facts)
    {
        ImmutableArray<SceneFact> crashed =
        [
            .. from found in _context.TakeMarks(Scene)
               from strip in found.Mark.Strips
               let crash = new SceneFact.TileCrashed(strip, found.Mark.Tile, found.Run)
               // The file of a device that is used no more stays, and is read again.
               where !facts.Exists(recorded => recorded.Fact.Equals(crash))
               select crash,
        ];
        await _ledger!.WriteAsync(crashed, []);
        var all = facts.Select(recorded => recorded.Fact).Concat(crashed).ToList();
        var known = all.OfType<SceneFact.StripQuarantined>().Select(fact => fact.Strip).ToHashSet();
        return CrashCount.Of(all).Where(pair => pair.Value >= CrashCount.Quarantine && !known.Contains(pair.Key))
            .ToDictionary();
    }

    private async ValueTask HandleAsync(SceneMessage message)
    {
        switch (message)
        {
            case SceneMessage.Deliver deliver:
                await TakeAsync(deliver);
                break;
            case SceneMessage.EndPass end:
                await EndPassAsync(end);
                break;
            case SceneMessage.Order order:
                await OrderAsync(order);
                break;
            case { } when _work is not null:
                await _work.HandleAsync(message);
                break;
        }
    }

    private async ValueTask EndPassAsync(SceneMessage.EndPass end)
    {
        try
        {
            await (_work?.HandleAsync(end) ?? ValueTask.CompletedTask);
            end.Read.TrySetResult();
        }
        catch (Exception fault)
        {
            // Whoever said it must not take it for heard; the scene's loop says the rest.
            end.Read.TrySetException(fault);
            throw;
        }
    }

    private async ValueTask TakeAsync(SceneMessage.Deliver deliver)
    {
        try
        {
            _work ??= Open(deliver.Delivery);
            await _work.TakeAsync(deliver.Delivery, outcome => deliver.Outcome.TrySetResult(outcome));
        }
        catch (UnusableBandsException unusable)
        {
            deliver.Outcome.TrySetResult(new DeliveryOutcome.Refused(unusable.Rejection));
        }
        catch (Exception fault)
        {
            // Whoever handed the strip over must not take it for accepted; the scene's loop says the rest.
            deliver.Outcome.TrySetException(fault);
            throw;
        }
    }

    private SceneWork Open(StripDelivery first)
    {
        var scene = first.Scene;
        _lease = UnusableBandsException.Check(() => _context.Backends.Lease(scene));
        var (backend, options) = (_lease.Backend, _context.Options);
        return new(_context, _ledger!, _mailbox, scene, _lease, new SceneTerms(
            options.TileSize, backend.ReachPixels, backend.PassCount, options.GatherTimeout, null, options.Classes,
            SceneTerms.NameOf(backend)));
    }

    private async ValueTask FailAsync(Exception fault)
    {
        _mailbox.Close();
        try
        {
            await (_work?.FailAsync(fault) ?? _context.Events.BrokenAsync(Scene, fault));
        }
        catch (Exception second) when (second is not OutOfMemoryException)
        {
            // The journal itself does not answer: nothing can be written down, so it is told to the operator alone.
            await _context.Events.BrokenAsync(Scene, fault);
        }
    }
}
