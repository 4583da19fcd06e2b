using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Daemon.Hosting;

/// <summary>Looks at every stage again and again, and says which stand still.</summary>
internal sealed class Stages
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly (Stage Stage, StageWatch Watch)[] _stages;
    private readonly long _start;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _told = [];

    public Stages(IEnumerable<Stage> stages, TimeSpan deadline, SpexMeter meter, TimeProvider time, ILogger logger)
    {
        (_time, _logger, _start) = (time, logger, time.GetTimestamp());
        _stages = [.. stages.Select(stage => (stage, new StageWatch(deadline)))];
        meter.ObserveAll(
            "spex_stage_stalled", null, "1 while a stage has work and has made no progress for its deadline.", () =>
            Look().Select(stage => new Measurement<double>(
                stage.For is null ? 0 : 1, new KeyValuePair<string, object?>("stage", stage.Name))));
        meter.ObserveAll(
            "spex_stage_waiting", "s", "How long a stage with work has made no progress; 0 without work.", () =>
            Look().Select(stage => new Measurement<double>(
                stage.Waits.TotalSeconds, new KeyValuePair<string, object?>("stage", stage.Name))));
    }

    /// <summary>Which stage stands still, and for how long; null when none does.</summary>
    public string? Trouble =>
        Look().FirstOrDefault(stage => stage.For is not null) is { For: { } stalled, Name: var name }
        ? FormattableString.Invariant($"stage {name} has work and has made no progress for {stalled.TotalSeconds:0} s")
        : null;

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every, _time);
        try
        {
            do
            {
                Observe();
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The daemon stops; so does its watching.
        }
    }

    /// <summary>Looks once.</summary>
    public void Observe()
    {
        lock (_lock)
        {
            var now = _time.GetElapsedTime(_start);
            for (var i = 0; i < _stages.Length; i++)
            {
                var (stage, before) = _stages[i];
                var watch = before.Observe(stage.Depth(), stage.Progress(), now);
                _stages[i].Watch = watch;
                Tell(stage.Name, watch.StalledFor(now));
            }
        }
    }

    private (string Name, TimeSpan? For, TimeSpan Waits)[] Look()
    {
        lock (_lock)
        {
            var now = _time.GetElapsedTime(_start);
            return [.. _stages.Select(
                stage => (stage.Stage.Name, stage.Watch.StalledFor(now), stage.Watch.WaitsFor(now)))];
        }
    }

    private void Tell(string stage, TimeSpan? stalled)
    {
        if (stalled is { } span && _told.Add(stage))
        {
            Log.StageStalled(_logger, stage, span.TotalSeconds);
        }
        else if (stalled is null && _told.Remove(stage))
        {
            Log.StageGoesOn(_logger, stage);
        }
    }
}
