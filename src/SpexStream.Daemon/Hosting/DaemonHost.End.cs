namespace SpexStream.Daemon.Hosting;

/// <summary>How the daemon ends, after a start that went well or not.</summary>
internal sealed partial class DaemonHost
{
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Log.Stopping(_logger, Limit.TotalSeconds);
        // While the broker is waited for, scenes of an earlier process may be at work already. Finishing leaves the
        // runtime within its limit, or gives it up; it must not be waited for again.
        _hasLeft = true;
        await _connections.LeaveGroupAsync(OneSecond, _time);
        await _stopIngest.CancelAsync();
        var clean = await (_hasBegun
            ? Finish.RunAsync(Task.WhenAll(_taking, _refreshing, _singing, _commanded), Limit, cancellationToken)
            : Finish.LeaveAsync(Limit, cancellationToken));
        await (_share?.DisposeAsync() ?? ValueTask.CompletedTask);
        await EndBackgroundAsync();
        // What is left is left on purpose: it met no crash. A node that was thrown out may be unable to say so.
        var ending = _journal.EndRunAsync(cancellationToken).AsTask();
        var limit = HasBrokenDown ? Limit : Timeout.InfiniteTimeSpan;
        await ending.WaitAsync(limit, _time, cancellationToken).ConfigureAwait(
            HasBrokenDown ? ConfigureAwaitOptions.SuppressThrowing : ConfigureAwaitOptions.None);
        Log.Stopped(_logger, Farewell.Of(clean, _share is not null));
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        // The container disposes what it was asked for twice, as itself and as a hosted service.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (!_hasLeft)
        {
            // The start failed: nobody stopped what it had begun.
            await _stopIngest.CancelAsync();
            await Finish.LeaveAsync(TimeSpan.Zero, Limit, CancellationToken.None);
            await (_share?.DisposeAsync() ?? ValueTask.CompletedTask);
            await EndBackgroundAsync();
        }

        await _outbox.DisposeAsync();
        _relay.Dispose();
        await _opened.DisposeAsync();
        await _connections.DisposeAsync();
        _intake.Dispose();
        _owner.Dispose();
        // The model is left to the end of the process: a device that could not be waited for may still compute.
        _deviceMeter.Dispose();
        _stopIngest.Dispose();
        _stopAll.Dispose();
    }

    // Thrown out of its cluster there is nothing to finish: others have taken over.
    private TimeSpan Limit => HasBrokenDown ? OneSecond : TimeSpan.FromSeconds(_settings.StopSeconds);

    private Finish Finish =>
        new(_runtime, _share is null ? _relay.DrainAsync : _share.HandOverOutboxAsync, _outbox, Word, _logger, _time);

    // Nothing may be at work on what is disposed next; a part that does not end in time is not waited for.
    private async Task EndBackgroundAsync()
    {
        await _stopAll.CancelAsync();
        await Task.WhenAll(_watching, _relaying, _sharing, _housekeeping, _taking, _refreshing, _singing, _commanded)
            .WaitAsync(Limit > OneSecond ? Limit : OneSecond, _time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
