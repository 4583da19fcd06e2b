using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using SpexStream.Domain.Identity;

namespace SpexStream.Actors.Scenes;

/// <summary>
/// The entity of one scene: opens it when it is asked something, hands it one message at a time, and leaves when it is
/// over. Everything that is decided, is decided behind <see cref="Domain.Ports.Pipeline.ISceneEntity"/>. A scene that
/// breaks is ended, said to have failed, and after a rest taken up from the journal again: a shard restarts its
/// entities at once, so the rest is kept here.
/// </summary>
internal sealed partial class SceneActor : UntypedActor, IWithTimers
{
    private readonly SceneId _scene;
    private readonly SceneActorTools _tools;
    private readonly SceneDesk _desk;
    private readonly object _life = new();
    private readonly Queue<object> _inbox = new();
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource _stopOpening = new();
    private Task<OpenedScene?> _opening = Task.FromResult<OpenedScene?>(null);
    private Task _handling = Task.CompletedTask;
    private OpenedScene? _open;
    private OpeningReason _reason;
    private int _failures;
    private bool _isWoken;
    private bool _mustLeave;

    public SceneActor(SceneId scene, SceneActorTools tools) =>
        (_scene, _tools, _desk) = (scene, tools, new SceneDesk(tools.Board));

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(SceneId scene, SceneActorTools tools) =>
        Akka.Actor.Props.Create(() => new SceneActor(scene, tools));

    protected override void PostStop()
    {
        _desk.Clear();
        _stopOpening.Cancel();
        _stopOpening.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
        _ = LeaveBehindAsync(_opening, _handling, _open, _scene, _log);
        base.PostStop();
    }

    // What an earlier life of this actor began ends by itself.
    protected override bool AroundReceive(Receive receive, object message) =>
        message is Own own && !ReferenceEquals(own.Life, _life) ? Forget(own) : base.AroundReceive(receive, message);

    protected override void OnReceive(object message) => Closed(message);

    // Nothing is open, nothing under way.
    private void Closed(object message)
    {
        switch (message)
        {
            case SceneAsk ask:
                _desk.Keep(ask, Sender);
                Open();
                break;
            case WakeScene:
                _isWoken = true;
                Open();
                break;
            case StopScene:
                LeaveNow();
                break;
            default:
                Late(message);
                break;
        }
    }

    // Nobody is kept waiting for a scene that waits itself.
    private void WaitingForPlace(object message)
    {
        Opening(message);
        if (message is RecallScene)
        {
            AnswerRecalled();
        }
    }

    // Waits for a place, and for the journal.
    private void Opening(object message)
    {
        switch (message)
        {
            case WaitsForPlace:
                Become(WaitingForPlace);
                AnswerRecalled();
                break;
            case SceneAsk or WithdrawAsk:
                Keep(message);
                if (_desk.IsEmpty && !_isWoken)
                {
                    // A scene that nobody waits for any more must not be opened: it would stay empty.
                    _stopOpening.Cancel();
                }

                break;
            case WakeScene:
                _isWoken = true;
                break;
            case StopScene:
                _mustLeave = true;
                _stopOpening.Cancel();
                _leaving.Cancel();
                break;
            case SceneSaid { Mailbox.IsClosed: false } said:
                // It is recalled, and its devices are at work already.
                _inbox.Enqueue(said);
                break;
            case OpeningDone done:
                OnOpened(done.Scene);
                break;
            case OpeningBroke broke:
                OnOpeningBroke(broke.Fault);
                break;
            default:
                Late(message);
                break;
        }
    }

    // Open; nothing in hand.
    private void Idle(object message)
    {
        Read(message);
        if (_mustLeave || (_desk.IsEmpty && _inbox.Count == 0 && _open!.Entity.IsOver))
        {
            End();
        }
        else
        {
            HandleNext();
        }
    }

    // Open; a message is being handled.
    private void Handling(object message)
    {
        switch (message)
        {
            case HandlingDone when _mustLeave || _open!.Entity.IsOver:
                _failures = 0;
                End();
                break;
            case HandlingDone:
                _failures = 0;
                HandleNext();
                break;
            case HandlingBroke broke:
                OnHandlingBroke(broke.Fault);
                break;
            default:
                Read(message);
                break;
        }
    }

    // A life of the scene is being ended.
    private void Ending(object message)
    {
        switch (message)
        {
            case SceneAsk or WithdrawAsk:
                Keep(message);
                break;
            case WakeScene:
                _isWoken = true;
                break;
            case StopScene:
                _mustLeave = true;
                break;
            case EndingDone done:
                OnEnded(done);
                break;
            default:
                Late(message);
                break;
        }
    }

    // Broke; what comes waits until the rest is over.
    private void Resting(object message)
    {
        switch (message)
        {
            case SceneAsk or WithdrawAsk:
                Keep(message);
                break;
            case StopScene:
                LeaveNow();
                break;
            case Rested:
                // The journal says whether there is anything to go on with.
                _isWoken = true;
                Open();
                break;
            default:
                Late(message);
                break;
        }
    }

    // Has nothing to do; what comes before the shard lets it go comes again.
    private void Passivating(object message)
    {
        switch (message)
        {
            case SceneAsk or WithdrawAsk:
                Keep(message);
                break;
            case StopScene:
                LeaveNow();
                break;
            default:
                Late(message);
                break;
        }
    }

    // Goes as soon as everybody has the answer that the scene gave before.
    private void Leaving(object message)
    {
        switch (message)
        {
            case SceneAsk or WithdrawAsk:
                Keep(message);
                break;
            case StopScene:
                // It goes already.
                break;
            default:
                Late(message);
                break;
        }

        LeaveNow();
    }
}
