using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The loop of one open scene: lets it be taken up from the journal, then hands it messages one by one until it is
/// over. What goes wrong here ends this scene and no other.
/// </summary>
internal sealed class SceneRun : IAsyncDisposable
{
    private readonly SceneMailbox _mailbox;
    private readonly ISceneEntity _entity;
    private readonly CancellationTokenRegistration _ended;
    private readonly TaskCompletionSource<JournalDamagedException?> _recalled =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes the scene up.</summary>
    /// <param name="mailboxCapacity">Messages that its mailbox holds.</param>
    /// <param name="open">Makes the entity; the run's to dispose of.</param>
    /// <param name="ended">Requested when the right to the scene is over.</param>
    public SceneRun(
        int mailboxCapacity, Func<ISceneMailbox, ISceneEntity> open, CancellationToken ended = default)
    {
        _mailbox = new SceneMailbox(mailboxCapacity);
        _entity = open(_mailbox);
        // A scene that only waits for strips reads nothing that would tell it.
        _ended = ended.Register(_mailbox.Close);
        Completion = Task.Run(RunAsync, CancellationToken.None);
    }

    public SceneId Scene => _entity.Scene;

    /// <summary>Ends when the scene stands as the journal knows it, or could not be taken up; with what cannot be read
    /// of it.</summary>
    public Task<JournalDamagedException?> Recalled => _recalled.Task;

    /// <summary>Ends when the scene is closed or failed and has cleaned up.</summary>
    public Task Completion { get; }

    /// <summary>Messages in its mailbox.</summary>
    public int MailboxDepth => _mailbox.Depth;

    /// <summary>Bytes of answers that it keeps in memory.</summary>
    public long ResultBytes => _entity.ResultBytes;

    /// <summary>Whether strips are still waited for; read by others, so only a hint.</summary>
    public bool IsGathering => _entity.IsGathering;

    /// <summary>Hands a strip over; null when the scene is over and has to be opened anew.</summary>
    public async ValueTask<DeliveryOutcome?> DeliverAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        var outcome = new TaskCompletionSource<DeliveryOutcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        return await _mailbox.TryPostAsync(new SceneRequest.Deliver(delivery, outcome), cancellation)
            ? await outcome.Task.WaitAsync(cancellation)
            : null;
    }

    /// <summary>Says that the pass is over; ends when that is written down, or the scene is over.</summary>
    public async ValueTask EndPassAsync(PassEnd end, CancellationToken cancellation)
    {
        var message = new SceneRequest.EndPass(end, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (await _mailbox.TryPostAsync(message, cancellation))
        {
            await message.Read.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Gives an order; null when the scene is over and has to be opened anew. A run answers in any case, also
    /// one whose right has ended: who must know what came of the order waits for that.</summary>
    public async ValueTask<SceneOrderOutcome?> OrderAsync(SceneOrder order, CancellationToken cancellation)
    {
        var message = new SceneRequest.Order(order, new(TaskCreationOptions.RunContinuationsAsynchronously));
        // Posted in any case: a closed scene that was opened for it ends with the message.
        return await _mailbox.TryPostAsync(message, CancellationToken.None)
            ? await message.Outcome.Task.WaitAsync(cancellation)
            : null;
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
            await _entity.RecallAsync();
            _recalled.TrySetResult(null);
            await foreach (var message in _mailbox.Messages)
            {
                await _entity.HandleAsync(message);
                if (_entity.IsOver)
                {
                    // What is queued behind goes back: its tiles would come to a mailbox that is closed.
                    break;
                }
            }
        }
        catch (Exception fault) when (_entity.IsAbandoned || fault is StaleEpochException { Current: not null })
        {
            // The process ends, or another node has the scene: what is not done is taken up by the next owner.
        }
        catch (Exception fault)
        {
            // The top of the scene's loop: one scene's trouble is told, and the others go on. Who waits is told, too: a
            // scene that cannot even be taken up would fail once more for everyone who came back.
            _recalled.TrySetResult(fault as JournalDamagedException);
            _mailbox.Close();
            _mailbox.GiveBackRest(fault);
            await _entity.FailAsync(fault);
        }
        finally
        {
            _recalled.TrySetResult(null);
            _mailbox.Close();
            _mailbox.GiveBackRest();
            await _ended.DisposeAsync();
            await _entity.DisposeAsync();
        }
    }
}
