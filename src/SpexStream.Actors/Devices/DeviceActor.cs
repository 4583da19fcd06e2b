using Akka.Actor;
using Akka.Event;
using SpexStream.Actors.Tiles;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Actors.Devices;

/// <summary>
/// One device at work, on a thread of its own: asks for a tile, runs it, asks for the next. When a read hangs its bench
/// is given up, and another actor takes its place; this one ends when the read comes back.
/// </summary>
internal sealed class DeviceActor : ReceiveActor
{
    /// <summary>Name of the dispatcher that gives each actor a thread.</summary>
    public const string Dispatcher = "spexstream.dispatchers.device";

    private readonly string _device;
    private readonly IPipelineWorks _works;
    private readonly IActorRef _tiles;
    private readonly CancellationToken _stop;
    private IDeviceBench? _bench;

    public DeviceActor(string device, IPipelineWorks works, IActorRef tiles, CancellationToken stop)
    {
        (_device, _works, _tiles, _stop) = (device, works, tiles, stop);
        Receive<TileLoan>(OnLent);
    }

    /// <summary>A device at work.</summary>
    /// <param name="device">Its name.</param>
    /// <param name="works">Opens its bench.</param>
    /// <param name="tiles">Hands tiles out.</param>
    /// <param name="stop">Requested when the devices of the node stop.</param>
    public static Props Props(string device, IPipelineWorks works, IActorRef tiles, CancellationToken stop) =>
        Akka.Actor.Props.Create(() => new DeviceActor(device, works, tiles, stop)).WithDispatcher(Dispatcher);

    protected override void PreStart()
    {
        var (parent, self, device) = (Context.Parent, Self, _device);
        // Told on another thread, while this one hangs.
        _bench = _works.OpenBench(device, () => parent.Tell(new BenchGivenUp(device, self), self));
        AskForWork();
    }

    protected override void PostStop() => _bench?.Dispose();

    private void OnLent(TileLoan loan)
    {
        if (loan.TryBegin())
        {
            Run(loan.Job);
        }

        if (_bench!.IsGivenUp)
        {
            Context.Stop(Self);
        }
        else
        {
            AskForWork();
        }
    }

    private void Run(ITileJob job)
    {
        try
        {
            _bench!.Run(job);
        }
        catch (Exception fault)
        {
            // A bench reports what goes wrong with a tile; this is trouble of its own. The tile goes back to its scene,
            // which sends it again; the supervisor sees to the rest.
            job.Fail(fault);
            throw;
        }
    }

    private void AskForWork()
    {
        try
        {
            // While the device rests, others shall have its tiles.
            _bench!.WaitWhileResting(_stop);
            _tiles.Tell(new WorkWanted(_device), Self);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Context.GetLogger().Debug("Device {0} stops", _device);
        }
    }
}
