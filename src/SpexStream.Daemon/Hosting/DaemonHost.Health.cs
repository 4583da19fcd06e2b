using SpexStream.Daemon.Status;
using SpexStream.Domain.Devices;

namespace SpexStream.Daemon.Hosting;

/// <summary>How the daemon is.</summary>
internal sealed partial class DaemonHost
{
    /// <summary>Why the daemon is not ready; null when it is.</summary>
    public string? NotReady => _readiness.Trouble;

    /// <summary>What an operator should look at although the daemon is ready; null for nothing.</summary>
    public string? Warning => Interlocked.Read(ref _setAside) is > 0 and var count
        ? $"{count} damaged messages of the journal were set aside and are not sent, see the journal's documentation"
        : _share?.Unreadable.Warning is { } unreadable ? unreadable
        : (_alerts?.Warning ?? _bystander?.Warning) is { } rules ? rules
        : _models?.Trouble is { } refused ? $"the new version of the model is refused, the running one stays: {refused}"
        : _view.Warning is { } view ? view
        : _intake.CatchUp?.Trouble is { } behind ? $"the catch-up session does not work: {behind}"
        : Resting is { Length: > 0 } devices
            ? $"{devices} failed and gets no work until it has rested; see the log and spex_device_failures_total"
        : null;

    /// <summary>What operators look at.</summary>
    public OperatorView View => _view;

    /// <summary>What the daemon does now.</summary>
    public StationReport Report() =>
        _view.Report(NotReady, Warning, _connections.AreUp, _gauges, (_runtime, _figures, _works)) with
        {
            CatchUpWaiting = _intake.CatchUpWaiting,
        };

    private (string Part, Func<string?> Trouble)[] Parts =>
    [
        ("broker", () => _connections.TakenOver is { } other ? other
            : !_connections.AreUp ? "the broker is not connected"
            : null),
        ("sharing", () => _share?.Trouble),
        ("publish", () => _outbox.Trouble is { } trouble ? $"nothing can be published: {trouble}" : _refused.Trouble),
        ("outbox", () => _relay.Trouble is { } relay ? $"messages in the journal cannot be sent: {relay}" : null),
        ("pause", () => _control.Switch.IsPaused ? "paused by command: no strips are taken until resume" : null),
        ("disks", () => _keeping.Trouble is { } room ? $"strips wait: {room}" : null),
        ("runtime", () => _figures.Trouble),
        ("devices", () => _figures.DevicesOut.FirstOrDefault() is { } device
            ? $"device {device} is out of service: {_works.HungReads} reads of rasters do not come back"
            : null),
        ("intake", () => _ingest.Trouble is { } opening ? opening
            : _taking.IsFaulted ? "announcements are no longer taken; see the log and start again"
            : null),
        ("stages", () => _stages.Trouble),
        ("scenes", () => _works.Trouble is { } stall ? $"scenes stand still: {stall}" : null),
        ("background", () => _background.Trouble),
    ];

    // On trial it has not shown yet that it works.
    private string Resting => string.Join(
        ", ",
        _works.Models?.States.Where(state => state.Health.Phase != DevicePhase.Serving)
            .Select(state => $"{state.Device}") ?? []);
}
