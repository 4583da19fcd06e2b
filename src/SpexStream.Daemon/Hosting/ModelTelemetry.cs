using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using SpexStream.Domain.Devices;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Models;

namespace SpexStream.Daemon.Hosting;

/// <summary>Says which model computes on what.</summary>
internal static class ModelTelemetry
{
    /// <summary>Logs a version.</summary>
    public static void Tell(ISceneModel model, ILogger logger)
    {
        foreach (var session in model.Sessions)
        {
            Log.ModelOpened(
                logger, model.Facts.Name, model.Facts.Version, model.Facts.Sha256!, $"{session.Device}",
                session.Provider,
                session.MemoryBytes >> 20);
            if (session.FallbackReason is { } reason)
            {
                Log.DeviceFellBack(logger, $"{session.Device}", reason);
            }
        }
    }

    /// <summary>Adds the gauges of the versions.</summary>
    public static void Watch(ModelSwitch models, SpexMeter meter)
    {
        meter.ObserveAll(
            "spex_device_fallback", null, "1 where the processor does the work of a graphics card.",
            () => models.Serving.Sessions.Select(session => Of(session.Device, session.FallbackReason is null ? 0 : 1)));
        meter.Observe("spex_models_open", null, "Versions of the model that are open.", () => models.OpenCount);
    }

    /// <summary>Adds the gauges of the devices.</summary>
    public static void Watch(ModelDevices devices, SpexMeter meter)
    {
        meter.ObserveAll(
            "spex_device_serving", null, "1 while the device gets work, 0 while it rests after a failure.",
            () => devices.States.Select(state => Of(
                state.Device, state.Health.Phase == DevicePhase.Quarantined ? 0 : 1)));
        meter.ObserveAll(
            "spex_device_batch_limit", null,
            "Tiles that the device is given at once; less than configured after it ran out of memory.",
            () => devices.States.Select(state => Of(state.Device, state.Health.BatchLimit)));
        meter.ObserveAll(
            "spex_device_memory", "By", "What the device's sessions hold.",
            () => devices.States.Select(state => Of(state.Device, state.MemoryBytes)));
    }

    private static Measurement<double> Of(DeviceName device, double value) =>
        new(value, new KeyValuePair<string, object?>("device", $"{device}"));
}
