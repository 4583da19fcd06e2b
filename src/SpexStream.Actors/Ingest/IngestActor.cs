using Akka.Actor;
using Akka.Event;
using SpexStream.Actors.Scenes;

namespace SpexStream.Actors.Ingest;

/// <summary>
/// Asks scenes on behalf of this node, and asks again until it is answered: a shard may move, and its node may die with
/// the question. Its askers bound how many questions are open.
/// </summary>
internal sealed class IngestActor : ReceiveActor, IWithTimers
{
    private const int TicksOfPatience = 4;
    private readonly IActorRef _scenes;
    private readonly TimeSpan _patience;
    private readonly bool _asksOn;
    private readonly Dictionary<RequestId, OpenAsk> _open = [];

    public IngestActor(IActorRef scenes, TimeSpan patience, bool asksOn)
    {
        (_scenes, _patience, _asksOn) = (scenes, patience, asksOn);
        Receive<AskScene>(OnAsk);
        Receive<GiveUpAsk>(OnGiveUp);
        Receive<AskAgain>(again => Send(again.Id));
        Receive<SceneBroke>(broke => broke is { IsOfJournal: true, IsUnreadable: false } && _asksOn, _ => { });
        Receive<SceneAnswer>(OnAnswer);
        Receive<Tick>(_ => OnTick());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Asks for a node.</summary>
    /// <param name="scenes">The shard region.</param>
    /// <param name="patience">How long an answer is waited for before the question is sent again.</param>
    /// <param name="asksOn">Whether a question is asked again whose journal failed: another node may own the scene by
    /// then. A node that is alone has nobody else to ask.</param>
    public static Props Props(IActorRef scenes, TimeSpan patience, bool asksOn) =>
        Akka.Actor.Props.Create(() => new IngestActor(scenes, patience, asksOn));

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _patience / TicksOfPatience);

    protected override void PostStop()
    {
        foreach (var open in _open.Values)
        {
            open.Ask.Answer.TrySetCanceled();
        }
    }

    private void OnAsk(AskScene ask)
    {
        _open[ask.Ask.Id] = new OpenAsk(ask);
        Send(ask.Ask.Id);
    }

    private void OnGiveUp(GiveUpAsk given)
    {
        if (_open.Remove(given.Withdraw.Id))
        {
            _scenes.Tell(given.Withdraw);
        }
    }

    private void OnAnswer(SceneAnswer answer)
    {
        // An answer that comes twice is the answer to a question that was sent twice.
        if (_open.Remove(answer.Id, out var open))
        {
            open.Ask.Answer.TrySetResult(answer);
        }
    }

    private void OnTick()
    {
        // A question that waits for a place on purpose is not sent more often than its own patience says.
        var now = Context.System.Scheduler.MonotonicClock;
        foreach (var (id, open) in _open)
        {
            if (now - open.SentAt >= _patience)
            {
                Send(id);
            }
        }
    }

    private void Send(RequestId id)
    {
        if (_open.TryGetValue(id, out var open))
        {
            open.SentAt = Context.System.Scheduler.MonotonicClock;
            _scenes.Tell(open.Ask.Ask);
        }
    }

    private sealed class OpenAsk(AskScene ask)
    {
        public AskScene Ask => ask;

        public TimeSpan SentAt { get; set; }
    }

    private sealed class Tick : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static Tick Instance { get; } = new();
    }
}
