using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Retention;

namespace SpexStream.Daemon.Hosting;

/// <summary>Watches the room on the disks and deletes what is not needed any more.</summary>
internal sealed class Housekeeping
{
    private readonly DiskWatch _disks;
    private readonly RetentionJob _job;
    private readonly TimeSpan _every;

    /// <summary>Looks at the disks for the first time.</summary>
    /// <param name="settings">What is kept how long.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="hold">Keeps a scene from being opened.</param>
    /// <param name="meter">Instruments.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="keepsProducts">Whether products are this node's to delete; null for always.</param>
    /// <param name="holdElsewhere">The right to a scene among nodes; null where there are no others.</param>
    public Housekeeping(
        RunSettings settings, ISceneJournal journal, Func<SceneId, IDisposable?> hold, SpexMeter meter,
        TimeProvider time, ILogger logger, Func<bool>? keepsProducts = null,
        Func<SceneId, CancellationToken, ValueTask<ISceneHold?>>? holdElsewhere = null)
    {
        var places = PlacesOf(settings) with { KeepsProducts = keepsProducts ?? (() => true) };
        var rules = RetentionSettings.Rules(settings);
        _every = TimeSpan.FromMinutes(settings.RetentionMinutes);
        _job = new RetentionJob(
            new RetentionSurvey(journal, places), new RetentionSweep(journal, places, hold, time, holdElsewhere),
            places, rules, meter, time)
        {
            OnDeleted = (count, bytes) => Log.Deleted(logger, count, bytes >> 20),
            OnFault = reason => Log.RetentionFault(logger, reason),
        };
        _disks = new DiskWatch(
            [("data", places.DataRoot), ("out", places.OutputRoot)],
            new DiskWatchOptions
            {
                MinFreeBytes = RetentionSettings.MinFree(settings),
                KeepFreeBytes = rules.KeepFreeBytes,
                OnShort = _job.Call,
                OnChange = reason => Tell(logger, reason),
            },
            time);
        meter.ObserveAll(
            "spex_disk_low", null, "1 while strips wait because the folder's disk has too little room.", () =>
            _disks.Levels.Select(level => new Measurement<double>(
                level.IsLow ? 1 : 0, new KeyValuePair<string, object?>("folder", level.Name))));
    }

    /// <summary>Closed while there is too little room.</summary>
    public IStripGate Gate => _disks;

    /// <summary>Why no strips are taken; null when they are.</summary>
    public string? Trouble => _disks.Trouble;

    /// <summary>The folders of a daemon.</summary>
    public static RetentionPlaces PlacesOf(RunSettings settings) =>
        new(Path.GetFullPath(settings.Data!), Path.GetFullPath(settings.Out!))
        {
            SharedSpool = settings.Journal == JournalAddress.Embedded ? null : RunOptions.SpoolFolder(settings),
        };

    /// <summary>Looks at the disks until cancelled.</summary>
    public Task WatchDisksAsync(CancellationToken cancellation) => _disks.RunAsync(cancellation);

    /// <summary>Deletes what is not needed any more until cancelled.</summary>
    public Task DeleteAsync(CancellationToken cancellation) => _job.RunAsync(_every, cancellation);

    private static void Tell(ILogger logger, string? reason)
    {
        if (reason is null)
        {
            Log.RoomAgain(logger);
            return;
        }

        Log.RoomShort(logger, reason);
    }
}
