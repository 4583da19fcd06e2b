using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Composition;
using SpexStream.Domain.Telemetry;

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
                logger, model.Facts.Name, model.Facts.Version, model.Facts.Sha256!, $"{session.Device}", session.Provider,
                session.MemoryBytes >> 20);
            if (session.FallbackReason is { } reason)
            {
                Log.DeviceFellBack(logger, $"{session.Device}", reason);
            }
        }

        meter.ObserveAll(
            "spex_device_fallback", null, "1 where the processor does the work of a graphics card.",
            () => model.Sessions.Select(session => new Measurement<double>(
                session.FallbackReason is null ? 0 : 1, new KeyValuePair<string, object?>("device", $"{session.Device}"))));
    }
}
