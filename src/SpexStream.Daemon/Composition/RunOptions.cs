using System.Collections.Immutable;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Announcements;
using SpexStream.Messaging.Ingest;
using SpexStream.Pipeline;
using SpexStream.Pipeline.Models;
using SpexStream.Pipeline.Work;

namespace SpexStream.Daemon.Composition;

/// <summary>The options of the daemon's parts, from its settings.</summary>
internal static class RunOptions
{
    // A packet may be a little larger than the raster in it (MqttConnectionOptions.MaximumPacketBytes).
    private const long MaxInBandBytes = 64L << 20;

    private const string SharedSpool = ".spexstream.spool";

    /// <summary>Folder of rasters that came in their message: nodes that share scenes read each other's.</summary>
    public static string SpoolFolder(RunSettings settings) => Path.GetFullPath(
        settings.Journal == JournalAddress.Embedded ? Path.Combine(settings.Data!, "spool")
            : Path.Combine(settings.Out!, SharedSpool));

    /// <summary>Options of the runtime.</summary>
    public static LocalRuntimeOptions Runtime(RunSettings settings, ImmutableArray<string> devices) => new()
    {
        Processing = Commands.CommonOptions.Processing(settings.Classes, settings.Products, settings.Tile) with
        {
            GatherTimeout = TimeSpan.FromMinutes(settings.GatherMinutes),
            LateGrace = TimeSpan.FromSeconds(settings.LateGraceSeconds),
            FlushToDisk = true,
            ResultBudgetBytes = (long)settings.ResultMebibytes << 20,
            // Without rules nobody asks for it.
            SecondOpinion = settings.Rules is not null && settings.SecondOpinion == BackendName.Spectral,
        },
        Devices = devices,
        WorkRoot = Path.Combine(settings.Data!, "work"),
        OutputRoot = Path.GetFullPath(settings.Out!),
        MaxOpenScenes = settings.MaxOpenScenes,
        MaxReadyTiles = settings.MaxReadyTiles,
        MaxPendingDeliveries = settings.PendingStrips,
        SceneTiles = settings.SceneTiles,
        Models = settings.Backend == BackendName.Spectral ? null : Models(settings),
        Reads = new ReadLimits(TimeSpan.FromSeconds(settings.ReadTimeoutSeconds), settings.MaxHungReads),
        PixelCacheBytes = (long)settings.PixelCacheMebibytes << 20,
        PixelPoolBytes = (long)settings.PixelPoolMebibytes << 20,
    };

    /// <summary>How models are run.</summary>
    public static ModelLimits Models(RunSettings settings) => new()
    {
        BatchSize = settings.BatchTiles,
        LongestWait = TimeSpan.FromMilliseconds(settings.BatchMilliseconds),
        Threads = settings.DeviceThreads,
        FallsBackToCpu = settings.DeviceFallback == "cpu",
    };

    /// <summary>Options of the intake.</summary>
    public static IngestOptions Ingest(RunSettings settings) => new()
    {
        Limits = AnnouncementLimits.Default with
        {
            MaxInBandBytes = MaxInBandBytes,
            MaxDataAge = settings.MaxDataAgeHours > 0 ? TimeSpan.FromHours(settings.MaxDataAgeHours) : null,
            Roots = [.. settings.Allow.Select(Path.GetFullPath)],
        },
        Parallelism = settings.OpeningThreads,
        MaxUnsettled = settings.ReceiveMaximum,
        ReadTimeout = TimeSpan.FromSeconds(settings.ReadTimeoutSeconds),
        MaxHungReads = settings.MaxHungReads,
        SilentPatience = TimeSpan.FromMinutes(settings.SilentMinutes),
        ResolvedRoots = [.. settings.Allow.Append(SpoolFolder(settings)).Select(RealPath.Of)],
    };
}
