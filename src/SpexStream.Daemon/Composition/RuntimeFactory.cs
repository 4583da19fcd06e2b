using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline;
using SpexStream.Raster;

namespace SpexStream.Daemon.Composition;

/// <summary>Puts the in-process runtime and its adapters together.</summary>
internal static class RuntimeFactory
{
    public static LocalRuntime Create(
        LocalRuntimeOptions options, GdalRasterStore store, StationIdentity identity, ISceneEvents events, SpexMeter meter,
        TimeProvider time) =>
        new(
            options,
            store,
            new GdalByteRasterWriters(),
            new GdalRegionWriters(),
            new GdalCoordinateTransforms(),
            new SpectralBackends(options.Processing),
            new RegionTexts(),
            new StacCatalogue(identity),
            events,
            meter,
            time);

    /// <summary>The station that speaks where none is configured.</summary>
    public static StationId NoStation { get; } = StationId.Parse("local");
}
