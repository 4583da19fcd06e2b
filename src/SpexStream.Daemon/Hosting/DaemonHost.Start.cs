using SpexStream.Daemon.Alerts;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Outgoing;

namespace SpexStream.Daemon.Hosting;

/// <summary>How the daemon starts, and what it does from then on.</summary>
internal sealed partial class DaemonHost
{
    private static readonly TimeSpan StatusEvery = TimeSpan.FromSeconds(60);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Log.Starting(
            _logger, SpexInfo.Version, Node, _identity.Station.Value,
            string.Join(' ', SpexInfo.Switches.Select(s => $"{s.Name}={s.Value}")), _gdalVersion);
        _watching = _background.WatchAsync(
            "the watch on the broker", _connections.WatchAsync(_logger, _stopAll.Token));
        if (_models is not null)
        {
            await _models.PrepareAsync(_works.Models!);
            ModelTelemetry.Watch(_works.Models!, _meter);
        }

        // Before anything new is taken: what an earlier process accepted goes on, also while the broker is away.
        var open = await _runtime.RecoverAsync(cancellationToken);
        var waiting = await _journal.Outbox.MeasureAsync(cancellationToken);
        Interlocked.Add(ref _setAside, waiting.SetAside);
        Log.JournalOpened(_logger, _opened.Place, _journal.Run.Number, open, waiting.Entries);
        foreach (var advice in GroupAdvice.Of(_settings, _opened.Shared is { OthersDiffer: true }))
        {
            Log.GroupAdvice(_logger, advice);
        }

        _relaying = _share is null ? _relay.RunAsync(_stopAll.Token) : Task.CompletedTask;
        _sharing = _share is null ? Task.CompletedTask
            : _background.WatchAsync("the sharing of scenes", _share.RunAsync(_relay, _stopAll.Token));
        _housekeeping = Task.WhenAll(
            _background.WatchAsync("the watch on the disks", _keeping.WatchDisksAsync(_stopAll.Token)),
            _models is null || _settings.ModelSeconds == 0 ? Task.CompletedTask
                : _background.WatchAsync("the watch on the model", _models.RunAsync(
                    TimeSpan.FromSeconds(Math.Max(_settings.ModelSeconds, 0.1)), _stopAll.Token)),
            _background.WatchAsync("the view of the operators", _view.RunAsync(_stopAll.Token)),
            _background.WatchAsync(
                "alerting",
                _alerts?.RunAsync(_stopAll.Token) ?? _bystander!.RunAsync(_stopAll.Token)),
            _background.WatchAsync("retention", _keeping.DeleteAsync(_stopAll.Token)),
            _background.WatchAsync(
                "the watch on the stages",
                Task.WhenAll(_stages.RunAsync(_stopAll.Token), _ages.RunAsync(_stopAll.Token))));
    }

    /// <summary>Waits for the broker; health and metrics are answered by now, so that an operator sees what it waits
    /// for.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _connections.ConnectAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop while waiting: nothing was begun, so nothing is left to finish.
            return;
        }

        _hasBegun = true;
        _refreshing = _background.WatchAsync("the telling of this node's state", RefreshStatusAsync(_stopIngest.Token));
        _singing = _background.WatchAsync("the canary", _view.SingAsync(_stopIngest.Token));
        _taking = TakeAsync(_stopIngest.Token);
        _commanded = Task.WhenAll(
            _background.WatchAsync(
                "the taking of commands",
                _commands.RunAsync(
                    new(_runtime, _control, _ingest.ReplayAsync)
                    {
                        OrderOrPassOn = _share?.OrderOrPassOn,
                        Nodes = _share is null ? _ => default : _share.NodesAsync,
                    },
                    _stopIngest.Token)),
            _share is null || _intake.CatchUp is not { } catchUp ? Task.CompletedTask
                : _background.WatchAsync("the catch-up session", _share.CatchUpAsync(catchUp, _stopIngest.Token)));
        Log.Started(_logger, _settings.Broker!, $"{_settings.HttpAddress}:{_settings.Http}");
    }

    private async Task TakeAsync(CancellationToken cancellation)
    {
        try
        {
            await _ingest.RunAsync(cancellation);
        }
        catch (Exception fault)
        {
            // The top of the ingest: it is told here and now, not only when the daemon ends.
            Log.TakingFailed(_logger, fault);
            if (_share is not null)
            {
                // The broker goes on giving a part of the announcements to whoever stays in the group.
                BreakDown($"announcements are no longer taken: {fault.Message}");
            }

            throw;
        }
    }

    private async Task RefreshStatusAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(StatusEvery, _time);
        try
        {
            do
            {
                await _outbox.PostAsync(Word(Present), cancellation);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The daemon stops, which is said by others.
        }
    }

    private NodeState Present => _control.Switch.IsPaused ? NodeState.Paused : NodeState.Online;

    private OutgoingMessage Word(NodeState state) =>
        NodeStatusMessage.Encode(_status with { State = state }, _identity.Context(_time.GetUtcNow()));
}
