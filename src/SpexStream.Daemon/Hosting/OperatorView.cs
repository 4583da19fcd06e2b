using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Alerts;
using SpexStream.Daemon.Settings;
using SpexStream.Daemon.Status;
using SpexStream.Domain.Devices;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline;

namespace SpexStream.Daemon.Hosting;

/// <summary>What a daemon looks at for its operators only: nothing of the work depends on it.</summary>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The factory of the loggers disposes of its providers.")]
internal sealed class OperatorView
{
    private const int MostAlerts = 500;
    private readonly Canary _canary;
    private readonly OutboxAge _age;
    private readonly AlertStation? _alerts;
    private readonly LastErrors _errors;
    private readonly TimeProvider _time;
    private readonly StationId _station;
    private readonly NodeStatus _status;

    public OperatorView(
        RunSettings settings, BrokerConnections connections, StationId station, NodeStatus status,
        ISceneJournal journal, AlertStation? alerts, SpexMeter meter, TimeProvider time, ILoggerFactory loggers)
    {
        (_time, _station, _status) = (time, station, status);
        _errors = new LastErrors(time);
        loggers.AddProvider(_errors);
        News = new News(time);
        Scenes = new SceneBook(News, time);
        _canary = new Canary(
            connections.Publish, station, status.Node, TimeSpan.FromSeconds(settings.CanarySeconds), meter, time,
            loggers.CreateLogger("SpexStream"));
        _age = new OutboxAge(journal.Outbox, meter, time);
        meter.ObserveCount(
            "spex_restarts", "Starts of daemons with this journal after the first.", () => journal.Run.Number - 1);
        _alerts = alerts;
        if (alerts is not null)
        {
            alerts.OnTold = (alert, text) => News.Tell("alert", alert, text);
        }
    }

    /// <summary>What happens, for those who look on.</summary>
    public News News { get; }

    /// <summary>The scenes of this node.</summary>
    public SceneBook Scenes { get; }

    /// <summary>What an operator should look at; null for nothing.</summary>
    public string? Warning => _canary.Trouble;

    /// <summary>Looks on until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => _age.RunAsync(cancellation);

    /// <summary>Sends messages to itself until cancelled; once the broker is there.</summary>
    public Task SingAsync(CancellationToken cancellation) => _canary.RunAsync(cancellation);

    /// <summary>What the daemon does now.</summary>
    /// <param name="notReady">Why it is not ready; null when it is.</param>
    /// <param name="warning">What an operator should look at all the same.</param>
    /// <param name="isConnected">Whether the broker is there.</param>
    /// <param name="gauges">The queues.</param>
    /// <param name="parts">What works.</param>
    public StationReport Report(
        string? notReady, string? warning, bool isConnected, Gauges gauges,
        (IPipelineRuntime Runtime, IRuntimeFigures Figures, PipelineWorks Works) parts) => new()
        {
            Station = _station.Value,
            Node = _status.Node,
            Version = _status.Version,
            Started = _status.StartedAt,
            Now = _time.GetUtcNow(),
            Ready = notReady is null,
            Reason = notReady ?? warning,
            BrokerConnected = isConnected,
            CanaryAgeSeconds = _canary.Age?.TotalSeconds,
            OutboxWaiting = _age.Depth.Entries,
            OutboxOldestSeconds = _age.Oldest.TotalSeconds,
            Scenes = [.. Scenes.Open(scene => IsOpen(parts.Runtime, scene)).Select(SceneReport.Of)],
            Ended = [.. Scenes.Ended.Select(SceneReport.Of)],
            Queues = [.. gauges.Queues.Select(queue => new QueueReport(queue.Stage, queue.Depth, queue.Bound))],
            Devices = Devices(parts.Figures, parts.Works),
            Alerts = [.. (_alerts?.Lines ?? []).OrderByDescending(alert => alert.Since).Take(MostAlerts)],
            Errors = _errors.Lines,
        };

    private static bool IsOpen(IPipelineRuntime runtime, SceneId scene)
    {
        using var held = runtime.TryHold(scene);
        return held is null;
    }

    private ImmutableArray<DeviceReport> Devices(IRuntimeFigures figures, PipelineWorks works) =>
        works.Models is { } models
        ? [.. models.States.Select(state => new DeviceReport(
            $"{state.Device}", state.Health.Phase switch
            {
                DevicePhase.Serving => "serving",
                DevicePhase.OnTrial => "on-trial",
                _ => "quarantined",
            },
            state.Health.BatchLimit, state.MemoryBytes))]
        : [.. _status.Devices.Select(device => new DeviceReport(
            $"{device}", figures.DevicesOut.Contains($"{device}") ? "out-of-service" : "serving", null, null))];
}
