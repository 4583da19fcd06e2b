using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Actors.Scenes;

/// <summary>
/// One in the cluster: wakes the scenes that the journal calls open, after a start, after a node is gone, and from time
/// to time, for a shard that moved wakes nobody. In the order of their urgency.
/// </summary>
internal sealed class SceneWakerActor : ReceiveActor, IWithTimers
{
    private readonly IJournalReader _journal;
    private readonly IActorRef _scenes;
    private readonly TimeSpan _every;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stop = new();
    private bool _again;

    public SceneWakerActor(IJournalReader journal, IActorRef scenes, TimeSpan every)
    {
        (_journal, _scenes, _every) = (journal, scenes, every);
        Become(Waiting);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The one that wakes.</summary>
    /// <param name="journal">Knows which scenes are open.</param>
    /// <param name="scenes">The shard region.</param>
    /// <param name="every">From time to time.</param>
    public static Props Props(IJournalReader journal, IActorRef scenes, TimeSpan every) =>
        Akka.Actor.Props.Create(() => new SceneWakerActor(journal, scenes, every));

    protected override void PreStart()
    {
        Cluster.Get(Context.System).Subscribe(
            Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, _every);
    }

    protected override void PostStop()
    {
        Cluster.Get(Context.System).Unsubscribe(Self);
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Waiting()
    {
        Receive<Tick>(_ => Look());
        Receive<ClusterEvent.MemberRemoved>(_ => Look());
    }

    private void Looking()
    {
        Receive<Tick>(_ => { });
        Receive<ClusterEvent.MemberRemoved>(_ => _again = true);
        Receive<Found>(OnFound);
        Receive<LookBroke>(broke =>
        {
            // What happened meanwhile is in the next look.
            _again = false;
            _log.Warning(broke.Fault, "The journal did not say which scenes are open; it is asked again");
            Become(Waiting);
        });
    }

    private void Look()
    {
        var (journal, stop) = (_journal, _stop.Token);
        // On the pool: a journal may work before it first waits, and this thread is the mailbox's.
        Task.Run(async () => await journal.ListOpenAsync(stop), CancellationToken.None).PipeTo(
            Self, success: open => new Found(open), failure: fault => new LookBroke(fault));
        Become(Looking);
    }

    private void OnFound(Found found)
    {
        foreach (var listing in found.Open)
        {
            _scenes.Tell(new WakeScene(listing.Scene));
        }

        Become(Waiting);
        if (_again)
        {
            // A node went while the journal was asked.
            _again = false;
            Look();
        }
    }

    private sealed record Found(ImmutableArray<SceneListing> Open) : INoSerializationVerificationNeeded;

    private sealed record LookBroke(Exception Fault) : INoSerializationVerificationNeeded;

    private sealed class Tick : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static Tick Instance { get; } = new();
    }
}
