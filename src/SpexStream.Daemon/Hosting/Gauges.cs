using System.Diagnostics;
using System.Diagnostics.Metrics;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Ingest;
using SpexStream.Messaging.Publishing;

namespace SpexStream.Daemon.Hosting;

/// <summary>Gauges of every buffer, read when scraped.</summary>
internal sealed class Gauges(
    RunSettings settings, StripIngest ingest, OpenedJournal journal, IRuntimeFigures runtime, JournalRelay relay,
    MqttOutbox outbox, BrokerConnections connections)
{
    private const double Mebibyte = 1 << 20;

    /// <summary>Every queue: what waits in it, and how much may.</summary>
    public (string Stage, double Depth, double Bound)[] Queues =>
    [
        ("ingest", connections.Ingest.Counters.HeldMessages, settings.ReceiveMaximum),
        ("intake", ingest.Unsettled, settings.ReceiveMaximum),
        ("admission", runtime.WaitingStrips, settings.ReceiveMaximum),
        ("pending", runtime.Works.PendingStrips, settings.PendingStrips),
        ("mailbox", runtime.MailboxDepth, RunOptions.Runtime(settings, []).MailboxCapacity),
        ("tiles", runtime.Works.ReadyTiles, settings.MaxReadyTiles),
        ("dispatch", runtime.QueuedTiles, settings.MaxOpenScenes * settings.SceneTiles),
        ("scenes", runtime.OpenScenes, settings.MaxOpenScenes),
        ("journal", journal.QueuedWrites(), settings.JournalWrites),
        ("relay", relay.Tally.Depth, settings.RelayMessages),
        ("outbox", outbox.Depth, settings.OutboxCapacity + settings.PublishWindow),
        ("wire", outbox.Wire.Depth, settings.PublishWindow),
    ];

    // Every buffer that is counted in bytes.
    private (string Stage, double Depth, double Bound)[] Buffers =>
    [
        ("ingest", connections.Ingest.Counters.HeldBytes, settings.HoldMebibytes * Mebibyte),
        ("results", runtime.ResultBytes, settings.MaxOpenScenes * settings.ResultMebibytes * Mebibyte),
        ("pixel-cache", runtime.Works.PixelCacheBytes, settings.PixelCacheMebibytes * Mebibyte),
        ("pixel-pool", runtime.Works.PixelPoolBytes, settings.PixelPoolMebibytes * Mebibyte),
    ];

    public void AddTo(SpexMeter meter)
    {
        meter.ObserveAll(
            "spex_queue_depth", null, "What waits in each stage.", () => Queues.Select(q => Stage(q.Stage, q.Depth)));
        meter.ObserveAll("spex_queue_bound", null, "The bound of each stage's queue.",
            () => Queues.Select(q => Stage(q.Stage, q.Bound)));
        meter.ObserveAll(
            "spex_buffer", "By", "Bytes in each stage's buffer.", () => Buffers.Select(q => Stage(q.Stage, q.Depth)));
        meter.ObserveAll("spex_buffer_bound", "By", "The bound of each stage's buffer.",
            () => Buffers.Select(q => Stage(q.Stage, q.Bound)));
        meter.ObserveAll("spex_hung_reads", null, "Reads of rasters that were given up and have not come back.", () =>
            [Stage("intake", ingest.HungReads), Stage("tiles", runtime.Works.HungReads)]);
        meter.Observe("spex_credits_available", null, "Tiles that may still become ready before strips wait.",
            () => Math.Max(0, settings.MaxReadyTiles - runtime.Works.ReadyTiles));
        meter.Observe(
            "spex_outbox_depth", null, "Messages that the broker has not acknowledged yet.", () => outbox.Depth);
        meter.Observe("spex_scenes_open", null, "Scenes at work.", () => runtime.OpenScenes);
        meter.Observe("spex_scenes_stalled", null, "Scenes that stand still until a disk takes what they made.",
            () => runtime.Works.StalledScenes);
        meter.Observe(
            "spex_pixel_cache", "By", "Pixels kept for neighbouring tiles.", () => runtime.Works.PixelCacheBytes);
        meter.Observe(
            "spex_broker_connected", null, "1 when both broker connections stand.", () => connections.AreUp ? 1 : 0);
        meter.ObserveAll("spex_disk_free", "By", "Free bytes, by folder.", () =>
            [.. Free("data", settings.Data!), .. Free("out", settings.Out!)]);
        meter.ObserveAll(
            "spex_shards", null, "Shards of scenes that live on this node; only where the runtime has some.",
            () => runtime.Shards is { } shards ? [new Measurement<double>(shards)] : []);
        // The name that Prometheus' own clients give it; how often it changes is how often this node has begun anew.
        var began = ProcessStart();
        meter.Observe("process_start_time", "s", "When this process began, in seconds since 1970.", () => began);
        meter.ObserveAll("spex_build_info", null, "1, labelled with version and switches.", () =>
        [
            new Measurement<double>(
                1, [new("version", SpexInfo.Version), .. SpexInfo.Switches.Select(
                    s => new KeyValuePair<string, object?>(s.Name.ToLowerInvariant(), s.Value))]),
        ]);
    }

    private static Measurement<double> Stage(string stage, double value) =>
        new(value, new KeyValuePair<string, object?>("stage", stage));

    // Read once: what it is worked out from may move by a little, and a start is told by its change.
    private static double ProcessStart()
    {
        using var self = Process.GetCurrentProcess();
        return (self.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
    }

    // A disk that does not answer has no number; the others have theirs.
    private static IEnumerable<Measurement<double>> Free(string name, string folder)
    {
        double free;
        try
        {
            free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        yield return new(free, new KeyValuePair<string, object?>("folder", name));
    }
}
