using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Models;
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
        LocalRuntimeOptions options, GdalRasterStore store, StationIdentity identity, ISceneEvents events,
        SpexMeter meter,
        TimeProvider time, ISceneJournal? journal = null, ISceneMessages? messages = null,
        IStripGate? gate = null, IBackendFactory? backends = null, DeviceMeter? devices = null,
        Action<DeviceFaultException>? onDeviceFault = null, Action<Exception>? onRecorderFault = null) => new(
        options,
        Ports(options, store, identity, events, meter, time, journal, messages, gate, backends, devices, onDeviceFault,
            onRecorderFault));

    public static LocalRuntimePorts Ports(
        LocalRuntimeOptions options, GdalRasterStore store, StationIdentity identity, ISceneEvents events,
        SpexMeter meter,
        TimeProvider time, ISceneJournal? journal = null, ISceneMessages? messages = null,
        IStripGate? gate = null, IBackendFactory? backends = null, DeviceMeter? devices = null,
        Action<DeviceFaultException>? onDeviceFault = null, Action<Exception>? onRecorderFault = null) =>
        new()
        {
            Store = store,
            Rasters = new GdalByteRasterWriters(),
            Regions = new GdalRegionWriters(),
            Transforms = new GdalCoordinateTransforms(),
            Backends = backends ?? new SpectralBackends(options.Processing),
            Texts = new RegionTexts(),
            Catalogue = new StacCatalogue(identity),
            Events = events,
            Messages = messages,
            Journal = journal,
            Gate = gate ?? new OpenGate(),
            Meter = meter,
            Devices = devices,
            OnDeviceFault = onDeviceFault ?? (_ => { }),
            OnRecorderFault = onRecorderFault ?? (_ => { }),
            Time = time,
        };

    /// <summary>The station that speaks where none is configured.</summary>
    public static StationId NoStation { get; } = StationId.Parse("local");
}
