using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Link;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt;

/// <summary>Opens one network connection after the other until stopped.</summary>
internal sealed class ReconnectLoop(
    MqttSession session, ILinkOpener opener, LinkSlot slot, StateBoard states, TimeProvider time,
    TaskCompletionSource firstConnect)
{
    private readonly Random _jitter = new(Seed(session.Options));
    private readonly ShortLives _lives = new(session.Options.Backoff);
    private int _failures;
    private bool _wasConnected;

    /// <summary>Runs until stopped, or until the first connect failed and is not to be tried again.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<MqttException> RunAsync(CancellationToken stop)
    {
        MqttException? last = null;
        while (!stop.IsCancellationRequested)
        {
            Announce(MqttConnectionPhase.Connecting, last);
            last = await TryOnceAsync(stop).ConfigureAwait(false);
            if (last is null || stop.IsCancellationRequested)
            {
                break;
            }

            if (!_wasConnected && !session.Options.RetryFirstConnect)
            {
                return last;
            }

            Announce(MqttConnectionPhase.Waiting, last);
            var (backoff, jitter) = (session.Options.Backoff, _jitter.NextDouble());
            var wait = LinkErrors.ReasonOf(last) == MqttReasonCode.SessionTakenOver
                ? backoff.DelayAfterTakeover(jitter)
                : backoff.Delay(++_failures, jitter);
            await Task.Delay(wait, time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return new MqttException("The connection was closed.");
    }

    /// <returns>Why the network connection ended; null when it was asked to.</returns>
    private async Task<MqttException?> TryOnceAsync(CancellationToken stop)
    {
        MqttLink? link = null;
        var cause = new MqttException("The connection was closed.");
        var began = time.GetTimestamp();
        try
        {
            link = await opener.OpenAsync(session, !_wasConnected, stop).ConfigureAwait(false);
            session.Tally.Connected();
            began = time.GetTimestamp();
            await UseAsync(link, stop).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception foreign) when (LinkErrors.IsExpected(foreign))
        {
            var error = LinkErrors.Translate(foreign);
            NoteFailure(link is not null, began);
            cause = _lives.Explain(error, link is null ? null : time.GetElapsedTime(began));
            return cause;
        }
        finally
        {
            slot.Clear();
            if (link is not null)
            {
                await link.CloseAsync(cause).ConfigureAwait(false);
                session.Publishes.Rewind();
            }
        }
    }

    private async Task UseAsync(MqttLink link, CancellationToken stop)
    {
        var again = link.SessionPresent ? [] : session.Subscriptions.All;

        // Asked before anything is written, so that the broker knows our filters before our waiting publishes come.
        using var quit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var subscribing = again.IsEmpty ? Task.CompletedTask : link.SubscribeAsync(again, stop);
        var running = link.RunAsync(quit.Token);
        if (await Task.WhenAny(subscribing, running).ConfigureAwait(false) == subscribing)
        {
            if (!subscribing.IsCompletedSuccessfully)
            {
                await quit.CancelAsync().ConfigureAwait(false);
                await running.ConfigureAwait(false);
                await subscribing.ConfigureAwait(false);
            }

            _wasConnected = true;
            states.Set(new(MqttConnectionPhase.Connected, _failures + 1, link.SessionPresent, null, null));
            slot.Put(link);
            firstConnect.TrySetResult();
        }
        else
        {
            _ = ObserveAsync(subscribing);
        }

        await running.ConfigureAwait(false);
    }

    // Fails when the link is closed; the link's own end says why.
    private static async Task ObserveAsync(Task subscribing) =>
        await subscribing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void NoteFailure(bool wasOpen, long began)
    {
        if (!wasOpen)
        {
            session.Tally.ConnectFailed();
        }
        else if (time.GetElapsedTime(began) >= session.Options.Backoff.Longest)
        {
            _failures = 0;
        }
    }

    private void Announce(MqttConnectionPhase phase, MqttException? last) =>
        states.Set(new(phase, _failures + 1, false, last is null ? null : LinkErrors.ReasonOf(last), last?.Message));

    // Stable over restarts, unlike string.GetHashCode (FNV-1a).
    private static int Seed(MqttConnectionOptions options) =>
        options.Backoff.JitterSeed
        ?? (int)options.ClientId.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u));
}
