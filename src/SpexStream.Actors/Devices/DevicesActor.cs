using Akka.Actor;
using Akka.Event;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Reliability;

namespace SpexStream.Actors.Devices;

/// <summary>
/// Keeps one actor at work for every device of the node. One that fails is restarted with a new bench; one that hangs
/// is replaced, as long as not too many of them are out (<see cref="ThreadWatch"/>); one that fails again and again is
/// out of service for a while.
/// </summary>
internal sealed class DevicesActor : ReceiveActor, IWithTimers
{
    private const int MostRestarts = 10;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);
    private readonly IPipelineWorks _works;
    private readonly IActorRef _tiles;
    private readonly DeviceBoard _board;
    private readonly TimeSpan _rest;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, ThreadWatch> _watches = [];
    private readonly Dictionary<IActorRef, string> _atWork = [];
    private readonly Dictionary<IActorRef, string> _hung = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _whoStops = ActorRefs.Nobody;
    private int _started;

    public DevicesActor(IPipelineWorks works, IActorRef tiles, DeviceBoard board, TimeSpan rest)
    {
        (_works, _tiles, _board, _rest) = (works, tiles, board, rest);
        Become(Working);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The devices of a node.</summary>
    /// <param name="works">Opens benches.</param>
    /// <param name="tiles">Hands tiles out.</param>
    /// <param name="board">Told which are out of service.</param>
    /// <param name="rest">How long a device is out that failed again and again.</param>
    public static Props Props(IPipelineWorks works, IActorRef tiles, DeviceBoard board, TimeSpan rest) =>
        Akka.Actor.Props.Create(() => new DevicesActor(works, tiles, board, rest));

    protected override void PreStart()
    {
        foreach (var device in _works.Devices)
        {
            _watches[device] = new ThreadWatch(_works.MaxHung);
            Start(device);
        }
    }

    // A thread that comes back later may still ask the source, so it is not disposed of.
    protected override void PostStop() => _stop.Cancel();

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(
        MostRestarts, Within, fault => fault is OutOfMemoryException ? Directive.Escalate : Directive.Restart);

    private void Working()
    {
        Receive<BenchGivenUp>(OnGivenUp);
        Receive<Terminated>(OnTerminated);
        Receive<Rested>(rested => Start(rested.Device));
        Receive<StopDevices>(_ => OnStop());
    }

    private void Stopping()
    {
        Receive<BenchGivenUp>(given =>
        {
            Note(given);
            AnswerWhenStopped();
        });
        Receive<Terminated>(ended =>
        {
            Forget(ended.ActorRef);
            AnswerWhenStopped();
        });
        Receive<Rested>(_ => { });
        Receive<StopDevices>(_ =>
        {
            _whoStops = Sender;
            AnswerWhenStopped();
        });
    }

    private void OnGivenUp(BenchGivenUp given)
    {
        Note(given);
        Follow(given.Device, _watches[given.Device].GiveUp());
    }

    private void OnTerminated(Terminated ended)
    {
        if (_atWork.TryGetValue(ended.ActorRef, out var device))
        {
            Forget(ended.ActorRef);
            _log.Warning("Device {0} failed again and again and is out of service for {1}", device, _rest);
            _board.Tell(device, isServing: false);
            Timers.StartSingleTimer(device, new Rested(device), _rest);
        }
        else if (_hung.TryGetValue(ended.ActorRef, out device))
        {
            Forget(ended.ActorRef);
            Follow(device, _watches[device].Return());
        }
    }

    private void OnStop()
    {
        _whoStops = Sender;
        _stop.Cancel();
        foreach (var device in _atWork.Keys)
        {
            Context.Stop(device);
        }

        Become(Stopping);
        AnswerWhenStopped();
    }

    private void AnswerWhenStopped()
    {
        if (_atWork.Count == 0)
        {
            _whoStops.Tell(DevicesStopped.Instance);
        }
    }

    private void Follow(string device, ThreadStep step)
    {
        _watches[device] = step.State;
        _board.Tell(device, step.State.IsServing);
        if (step.StartsThread)
        {
            Start(device);
        }
    }

    private void Start(string device)
    {
        // Some that hang may still have theirs, so names go on.
        var actor = Context.ActorOf(
            DeviceActor.Props(device, _works, _tiles, _stop.Token), $"{device.Replace(':', '-')}-{++_started}");
        Context.Watch(actor);
        _atWork[actor] = device;
        _board.Tell(device, isServing: true);
    }

    private void Note(BenchGivenUp given)
    {
        _atWork.Remove(given.Actor);
        _hung[given.Actor] = given.Device;
        _board.TellHung(1);
    }

    private void Forget(IActorRef actor)
    {
        _atWork.Remove(actor);
        if (_hung.Remove(actor))
        {
            _board.TellHung(-1);
        }
    }

    private sealed record Rested(string Device) : INoSerializationVerificationNeeded, IDeadLetterSuppression;
}
