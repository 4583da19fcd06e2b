using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline;
using SpexStream.Raster;

namespace SpexStream.Daemon.Composition;

/// <summary>Puts a runtime and its adapters together.</summary>
internal static class RuntimeFactory
{
    /// <summary>What every runtime works with.</summary>
    public static LocalRuntimePorts Ports(
        LocalRuntimeOptions options, GdalRasterStore store, StationIdentity identity, ISceneEvents events,
        SpexMeter meter, TimeProvider time) => new()
        {
            Store = store,
            Rasters = new GdalByteRasterWriters(),
            Regions = new GdalRegionWriters(),
            Transforms = new GdalCoordinateTransforms(),
            Backends = new SpectralBackends(options.Processing),
            Texts = new RegionTexts(),
            Catalogue = new StacCatalogue(identity),
            Events = events,
            Meter = meter,
            Time = time,
        };

    /// <summary>The runtime that the settings name.</summary>
    /// <param name="settings">They.</param>
    /// <param name="options">Bounds and places.</param>
    /// <param name="ports">What it works with.</param>
    /// <param name="share">What the node shares with others; null where it is alone with its journal.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="onEnded">Told when a node is thrown out of its cluster.</param>
    public static BuiltRuntime Create(
        RunSettings settings, LocalRuntimeOptions options, LocalRuntimePorts ports, NodeShare? share,
        ILoggerFactory loggers, Action<string> onEnded)
    {
#if SPEX_AKKA
        if (settings.Runtime == RuntimeName.Akka)
        {
            var node = Actors.AkkaRuntimeFactory.Node(settings);
            return share is null ? Actors.AkkaRuntimeFactory.Create(options, ports, node, loggers, onEnded)
                : Actors.AkkaRuntimeFactory.Create(options, ports, node, share, loggers, onEnded);
        }
#endif
        return share is null ? BuiltRuntime.Of(new LocalRuntime(options, ports))
            : BuiltRuntime.Of(share.Open(options, ports));
    }

    /// <summary>The station that speaks where none is configured.</summary>
    public static StationId NoStation { get; } = StationId.Parse("local");
}
