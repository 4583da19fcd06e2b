using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Models;

namespace SpexStream.Daemon.Hosting;

/// <summary>The model of the daemon, from one version to the next.</summary>
internal static class ModelHosting
{
    /// <summary>Loads the pack that the settings name and stands ready for its next versions; null for the spectral
    /// backend.</summary>
    /// <exception cref="Domain.Ports.Models.ModelRefusedException">The pack cannot be used.</exception>
    /// <exception cref="Domain.Ports.Models.DeviceFaultException">A device is not there.</exception>
    public static ModelSwitch? Open(
        RunSettings settings, ImmutableArray<string> devices, ProcessingOptions options, SpexMeter meter,
        TimeProvider time, ILogger logger)
    {
        var stamp = PackStamp.Of(settings.Backend);
        if (Load() is not { } first)
        {
            return null;
        }

        ModelTelemetry.Tell(first, logger);
        var models = new ModelSwitch(first, stamp, new ModelSwitchTools
        {
            Stamp = () => PackStamp.Of(settings.Backend),
            Load = () => Load()!,
            Time = time,
            OnTakenOver = model =>
            {
                ModelTelemetry.Tell(model, logger);
                Log.ModelTakenOver(logger, model.Facts.Name, model.Facts.Version, model.Facts.Sha256!);
                Count("taken-over");
            },
            OnRefused = fault =>
            {
                Log.ModelRefused(logger, fault.Message);
                Count("refused");
            },
            OnWaiting = () => Log.ModelWaits(logger),
            OnClosed = model => Log.ModelClosed(logger, model.Name, model.Version, model.Sha256!),
        });
        ModelTelemetry.Watch(models, meter);
        return models;

        LoadedModel? Load() => LoadedModel.Open(
            settings.Backend, devices, RunOptions.Models(settings), options, time, settings.Instruction);

        void Count(string outcome) =>
            meter.ModelSwaps.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
    }
}
