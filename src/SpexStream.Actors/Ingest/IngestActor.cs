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
    private readonly IActorRef _scenes;
    private readonly TimeSpan _patience;
    private readonly Dictionary<RequestId, AskScene> _open = [];

    public IngestActor(IActorRef scenes, TimeSpan patience)
    {
        (_scenes, _patience) = (scenes, patience);
        Receive<AskScene>(OnAsk);
        Receive<GiveUpAsk>(OnGiveUp);
        Receive<AskAgain>(again => Send(again.Id));
        Receive<SceneAnswer>(OnAnswer);
        Receive<Tick>(_ => OnTick());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Asks for a node.</summary>
    /// <param name="scenes">The shard region.</param>
    /// <param name="patience">How long an answer is waited for before the question is sent again.</param>
    public static Props Props(IActorRef scenes, TimeSpan patience) =>
        Akka.Actor.Props.Create(() => new IngestActor(scenes, patience));

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _patience);

    protected override void PostStop()
    {
        foreach (var ask in _open.Values)
        {
            ask.Answer.TrySetCanceled();
        }
    }

    private void OnAsk(AskScene ask)
    {
        _open[ask.Ask.Id] = ask;
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
        if (_open.Remove(answer.Id, out var ask))
        {
            ask.Answer.TrySetResult(answer);
        }
    }

    private void OnTick()
    {
        foreach (var id in _open.Keys)
        {
            Send(id);
        }
    }

    private void Send(RequestId id)
    {
        if (_open.TryGetValue(id, out var ask))
        {
            _scenes.Tell(ask.Ask);
        }
    }

    private sealed class Tick : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static Tick Instance { get; } = new();
    }
}
