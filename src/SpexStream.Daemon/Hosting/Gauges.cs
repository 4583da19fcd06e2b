using System.Diagnostics.Metrics;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline;

namespace SpexStream.Daemon.Hosting;

/// <summary>Gauges of every buffer, read when scraped.</summary>
internal static class Gauges
{
    public static void Add(
        SpexMeter meter, RunSettings settings, LocalRuntime runtime, MqttOutbox outbox, BrokerConnections connections)
    {
        meter.ObserveAll("spex_queue_depth", null, "What waits in each stage.", () =>
        [
            Stage("ingest", connections.Ingest.Counters.HeldMessages),
            Stage("admission", runtime.WaitingStrips),
            Stage("tiles", runtime.ReadyTiles),
            Stage("dispatch", runtime.QueuedTiles),
            Stage("outbox", outbox.Depth),
        ]);
        meter.ObserveAll("spex_queue_bound", null, "The bound of each stage's queue.", () =>
        [
            Stage("ingest", settings.ReceiveMaximum),
            Stage("tiles", settings.MaxReadyTiles),
            Stage("outbox", settings.OutboxCapacity),
        ]);
        meter.Observe("spex_credits_available", null, "Tiles that may still become ready before strips wait.",
            () => Math.Max(0, settings.MaxReadyTiles - runtime.ReadyTiles));
        meter.Observe("spex_outbox_depth", null, "Messages that the broker has not acknowledged yet.", () => outbox.Depth);
        meter.Observe("spex_scenes_open", null, "Scenes at work.", () => runtime.OpenScenes);
        meter.Observe("spex_scenes_stalled", null, "Scenes that stand still until a disk takes what they made.",
            () => runtime.StalledScenes);
        meter.Observe("spex_pixel_cache", "By", "Pixels kept for neighbouring tiles.", () => runtime.PixelCacheBytes);
        meter.Observe("spex_broker_connected", null, "1 when both broker connections stand.", () => connections.AreUp ? 1 : 0);
        meter.ObserveAll("spex_disk_free", "By", "Free bytes, by folder.", () =>
        [
            new Measurement<double>(Free(settings.Data!), new KeyValuePair<string, object?>("folder", "data")),
            new Measurement<double>(Free(settings.Out!), new KeyValuePair<string, object?>("folder", "out")),
        ]);
        meter.ObserveAll("spex_build_info", null, "1, labelled with version and switches.", () =>
        [
            new Measurement<double>(
                1, [new("version", SpexInfo.Version), .. SpexInfo.Switches.Select(s => new KeyValuePair<string, object?>(s.Name.ToLowerInvariant(), s.Value))]),
        ]);
    }

    private static Measurement<double> Stage(string stage, double value) => new(value, new KeyValuePair<string, object?>("stage", stage));

    private static double Free(string folder) => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
}
