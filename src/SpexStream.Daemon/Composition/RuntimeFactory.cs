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

    /// <summary>The station that speaks where none is configured.</summary>
    public static StationId NoStation { get; } = StationId.Parse("local");
}
