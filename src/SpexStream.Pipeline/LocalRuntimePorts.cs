using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Sharing;

namespace SpexStream.Pipeline;

/// <summary>What the in-process runtime works with. All of it stays the caller's and outlives the runtime.</summary>
public sealed record LocalRuntimePorts
{
    /// <summary>Opens strips.</summary>
    public required IRasterStore Store { get; init; }

    /// <summary>Writes rasters.</summary>
    public required IByteRasterWriters Rasters { get; init; }

    /// <summary>Writes regions.</summary>
    public required IRegionWriters Regions { get; init; }

    /// <summary>From coordinate systems to the Earth.</summary>
    public required ICoordinateTransforms Transforms { get; init; }

    /// <summary>Makes backends.</summary>
    public required IBackendFactory Backends { get; init; }

    /// <summary>Puts regions into words.</summary>
    public required IRegionTexts Texts { get; init; }

    /// <summary>Describes products.</summary>
    public required IProductCatalogue Catalogue { get; init; }

    /// <summary>Told what happens.</summary>
    public required ISceneEvents Events { get; init; }

    /// <summary>Puts what happens into messages; null where there is nobody to tell.</summary>
    public ISceneMessages? Messages { get; init; }

    /// <summary>Measures what alert rules watch; null where there are none.</summary>
    public IAreaMeasurer? Areas { get; init; }

    /// <summary>Where facts are kept; null where a scene ends with the process.</summary>
    public ISceneJournal? Journal { get; init; }

    /// <summary>Closed while no strip may be taken.</summary>
    public IStripGate Gate { get; init; } = new OpenGate();

    /// <summary>Instruments.</summary>
    public required SpexMeter Meter { get; init; }

    /// <summary>Instruments of devices that compute models; needed where there are such.</summary>
    public DeviceMeter? Devices { get; init; }

    /// <summary>Told of every failure of a device, on its own thread; must not block.</summary>
    public Action<DeviceFaultException> OnDeviceFault { get; init; } = _ => { };

    /// <summary>Told when the disk will not take what a device has in hand, on that device's threads; must not
    /// block.</summary>
    public Action<Exception> OnRecorderFault { get; init; } = _ => { };

    /// <summary>Where other nodes find tiles to work on; null where there are none.</summary>
    internal TileDesk? Sharing { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
