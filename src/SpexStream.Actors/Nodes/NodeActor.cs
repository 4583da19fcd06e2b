using Akka.Actor;
using Akka.Event;
using SpexStream.Actors.Devices;

namespace SpexStream.Actors.Nodes;

/// <summary>
/// Keeps the dispatcher of tiles and the devices. One of them that breaks is not made anew, for its other half would
/// wait for what it has forgotten (a credit, a device that hangs): the node ends, and says so.
/// </summary>
internal sealed class NodeActor : ReceiveActor
{
    private readonly IActorRef _devices;
    private readonly Action<Exception> _end;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public NodeActor(Props tiles, Func<IActorRef, Props> devices, Action<Exception> end)
    {
        _end = end;
        _devices = Context.ActorOf(devices(Context.ActorOf(tiles, "tiles")), "devices");
        Receive<StopDevices>(stop => _devices.Forward(stop));
    }

    /// <summary>The tiles and devices of a node.</summary>
    /// <param name="tiles">Hands tiles out.</param>
    /// <param name="devices">Work on them; made with who hands them out.</param>
    /// <param name="end">Ends the node, for one of the two broke; told on the actor's thread.</param>
    public static Props Props(Props tiles, Func<IActorRef, Props> devices, Action<Exception> end) =>
        Akka.Actor.Props.Create(() => new NodeActor(tiles, devices, end));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(0, TimeSpan.Zero, fault =>
    {
        _log.Error(fault, "The tiles or the devices of this node broke");
        _end(fault);
        Become(Broken);
        return Directive.Stop;
    });

    // What is left of them ends with the process.
    private void Broken() => Receive<StopDevices>(_ => Sender.Tell(DevicesStopped.Instance));
}
