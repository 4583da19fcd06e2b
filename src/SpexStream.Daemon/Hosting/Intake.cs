using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.CatchUp;
using SpexStream.Messaging.Ingest;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline.Scenes;
using SpexStream.Raster;

namespace SpexStream.Daemon.Hosting;

/// <summary>The ways by which strips come in: this node's announcements, and those of the group's catch-up session
/// while this node runs it.</summary>
internal sealed class Intake : IDisposable
{
    // Runs are counted in the upper half of a dead letter's number; of the lower one, half is for each way.
    private const int RunShift = 32;
    // One waits for the next message, the other opens rasters: it is not to be quicker than the nodes.
    private const int CatchUpTurns = 2;
    private const long CaughtUp = 1L << (RunShift - 1);
    private static readonly TimeSpan LongerThanTheSession = TimeSpan.FromHours(1);
    private readonly Spool _spool;
    private readonly CatchUpWatch? _watch;

    public Intake(
        RunSettings settings, string node, BrokerConnections connections, OpenedJournal journal,
        IPipelineRuntime runtime, IRasterStore store, StationIdentity identity, SpexMeter meter, TimeProvider time, IStripGate gate,
        ILogger logger)
    {
        var options = RunOptions.Ingest(settings) with { ArrivalsBefore = journal.Journal.Run.Number << RunShift };
        var opener = new StripOpener(store, new GdalCoordinateTransforms(), options);
        var outbox = new JournaledOutbox(journal.Journal.Outbox, time);
        _spool = new Spool(RunOptions.SpoolFolder(settings), node);
        var settled = settings.Share is null || settings.CatchUpHours <= 0 ? null : journal.Shared?.Settled;
        Announced = NewIngest(connections.Ingest, options, settled is null ? null : new GroupWatch(settled));
        if (settled is not null)
        {
            (CatchUp, _watch) = NewSession(settled, TimeSpan.FromHours(settings.CatchUpHours));
        }

        (CatchUpSession Session, CatchUpWatch Watch) NewSession(ISettledAnnouncements settled, TimeSpan kept)
        {
            var grace = TimeSpan.FromSeconds(settings.CatchUpGraceSeconds);
            var watch = new CatchUpWatch(settled, grace, meter, time)
            {
                OnTakenUp = name => Log.CaughtUp(logger, name, grace.TotalSeconds),
            };
            meter.Observe(
                "spex_catch_up_waiting", null, "Copies of announcements that wait for a node to settle them.",
                () => watch.Waiting);
            var session = new CatchUpSession(
                connections.NewCatchUp, connections.CatchUpFilters,
                connection => NewIngest(
                    connection,
                    options with { Parallelism = CatchUpTurns, ArrivalsBefore = options.ArrivalsBefore + CaughtUp },
                    watch),
                settled, kept + LongerThanTheSession, time)
            {
                OnListening = () => Log.CatchUpListens(logger, settings.CatchUpHours),
                OnFault = fault => Log.CatchUpFailed(logger, fault.Message),
            };
            return (session, watch);
        }

        StripIngest NewIngest(IMqttConnection connection, IngestOptions options, IIntakeWatch? watch) => new(
            connection, opener, runtime, _spool, outbox, identity, options, meter, time, gate,
            trouble => Log.SpoolRefuses(logger, trouble), watch,
            settings.Share is null ? null : () => new KnownStrips(journal.Journal, time).HasAsync);
    }

    /// <summary>Takes what is announced to this node.</summary>
    public StripIngest Announced { get; }

    /// <summary>Takes up what no node has settled; for one node at a time. Null where announcements are not
    /// shared.</summary>
    public CatchUpSession? CatchUp { get; }

    /// <summary>Copies of announcements that wait for the node that got them.</summary>
    public int CatchUpWaiting => _watch?.Waiting ?? 0;

    /// <summary>After all taking has ended.</summary>
    public void Dispose()
    {
        Announced.Dispose();
        _spool.Dispose();
    }
}
