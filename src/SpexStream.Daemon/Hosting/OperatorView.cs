using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Daemon.Hosting;

/// <summary>What a daemon looks at for its operators only: nothing of the work depends on it.</summary>
internal sealed class OperatorView
{
    private readonly Canary _canary;
    private readonly OutboxAge _age;

    public OperatorView(
        RunSettings settings, BrokerConnections connections, StationId station, string node, ISceneJournal journal,
        SpexMeter meter, TimeProvider time, ILogger logger)
    {
        _canary = new Canary(
            connections.Publish, station, node, TimeSpan.FromSeconds(settings.CanarySeconds), meter, time, logger);
        _age = new OutboxAge(journal.Outbox, meter, time);
        meter.ObserveCount(
            "spex_restarts", "Starts of daemons with this journal after the first.", () => journal.Run.Number - 1);
        AlertGauges.AddTo(meter, new LateAlerts(this));
    }

    /// <summary>Set by whoever raises alerts.</summary>
    public IOpenAlerts Alerts { get; set; } = IOpenAlerts.None;

    /// <summary>What an operator should look at; null for nothing.</summary>
    public string? Warning => _canary.Trouble;

    /// <summary>Looks on until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => _age.RunAsync(cancellation);

    /// <summary>Sends messages to itself until cancelled; once the broker is there.</summary>
    public Task SingAsync(CancellationToken cancellation) => _canary.RunAsync(cancellation);

    // Gauges are made before those who raise alerts.
    private sealed class LateAlerts(OperatorView view) : IOpenAlerts
    {
        public IReadOnlyCollection<OpenAlert> Current => view.Alerts.Current;
    }
}
