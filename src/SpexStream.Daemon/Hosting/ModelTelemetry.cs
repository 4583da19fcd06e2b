using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Composition;
using SpexStream.Domain.Devices;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Models;

namespace SpexStream.Daemon.Hosting;

/// <summary>Says which model computes on what.</summary>
internal static class ModelTelemetry
{
    /// <summary>Logs it and adds the gauge of fall-backs; nothing without a model.</summary>
    public static void Tell(LoadedModel? model, SpexMeter meter, ILogger logger)
    {
        if (model is null)
        {
            return;
        }

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

        meter.ObserveAll(
            "spex_device_fallback", null, "1 where the processor does the work of a graphics card.",
            () => model.Sessions.Select(session => new Measurement<double>(
                session.FallbackReason is null ? 0 : 1,
                    new KeyValuePair<string, object?>("device", $"{session.Device}"))));
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
