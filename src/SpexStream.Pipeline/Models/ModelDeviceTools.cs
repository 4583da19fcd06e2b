using SpexStream.Domain.Devices;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Models;

/// <summary>What a model device works with.</summary>
/// <param name="Limits">Sizes and times.</param>
/// <param name="TileSize">Edge of a tile in pixels.</param>
/// <param name="Recorder">Keeps what is being computed, where that must outlive the process; the owner's to
/// dispose.</param>
/// <param name="Meter">Instruments.</param>
/// <param name="Time">The clock.</param>
/// <param name="NewScratch">Makes what the answering thread keeps from tile to tile.</param>
/// <param name="AllAreOut">Whether no device can be waited for; must not block.</param>
/// <param name="OnHealth">Told when the device goes out or comes back, on its own thread; must not block.</param>
/// <param name="OnFault">Told of every failure of the device, on its own thread; must not block.</param>
internal sealed record ModelDeviceTools(
    ModelLimits Limits, int TileSize, FlightRecorder? Recorder, DeviceMeter Meter, TimeProvider Time,
    Func<WorkerScratch> NewScratch, Func<bool> AllAreOut, Action<DeviceHealth> OnHealth,
        Action<DeviceFaultException> OnFault)
{
    /// <summary>Devices that share the work, at least 1.</summary>
    public int DeviceCount { get; init; } = 1;

    /// <summary>How a session on a device is opened.</summary>
    public ModelSessionOptions SessionOptions(DeviceName device) => Limits.Session(device, TileSize);
}
