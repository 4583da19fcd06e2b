using System.Collections.Immutable;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>One network connection that the broker accepted: a reader, a writer and a keep-alive over one transport.
/// Opened, run once, closed.</summary>
internal sealed class MqttLink
{
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(2);

    private readonly MqttSession _session;
    private readonly TimeProvider _time;
    private readonly Transport _transport;
    private readonly IControlQueue _control;
    private readonly LinkInbox _inbox;
    private readonly Liveness _liveness;

    public MqttLink(
        MqttSession session, TimeProvider time, Transport transport, IControlQueue control, LinkInbox inbox,
        Liveness liveness)
    {
        (_session, _time, _transport) = (session, time, transport);
        (_control, _inbox, _liveness) = (control, inbox, liveness);
    }

    public required bool SessionPresent { get; init; }

    public required ILinkReader Reader { get; init; }

    public required ILinkWriter Writer { get; init; }

    /// <summary>Runs until the network connection is lost, which throws, or until asked to stop, after a goodbye.
    /// </summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var end = new CancellationTokenSource();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(() => stopped.TrySetResult());
        var reading = Reader.RunAsync(end.Token);
        var writing = Writer.RunAsync(end.Token);
        var keeping = KeepAlive.RunAsync(_liveness, _control, _time, end.Token);
        var first = await Task.WhenAny(reading, writing, keeping, stopped.Task).ConfigureAwait(false);
        try
        {
            if (GoodbyeFor(first) is { } goodbye)
            {
                await SayGoodbyeAsync(goodbye, writing).ConfigureAwait(false);
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(reading, writing, keeping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (first == stopped.Task && writing.IsCompletedSuccessfully)
        {
            await CloseGentlyAsync().ConfigureAwait(false);
        }

        await first.ConfigureAwait(false);
    }

    /// <summary>Subscribes on this network connection.</summary>
    /// <exception cref="MqttRefusedException">At least one filter was refused; the granted ones are remembered.
    /// </exception>
    public async Task SubscribeAsync(ImmutableArray<MqttSubscription> subscriptions, CancellationToken cancellation)
    {
        var answer = await _inbox.Requests
            .SendAsync(id => _control.Subscribe(id, subscriptions), cancellation)
            .ConfigureAwait(false);
        MqttRefusedException? refused = null;
        foreach (var (subscription, reason) in subscriptions.Zip(answer))
        {
            if (reason.IsFailure())
            {
                refused ??= new MqttRefusedException($"subscription to {subscription.Filter}", reason);
            }
            else
            {
                _session.Subscriptions.Add(subscription);
            }
        }

        if (refused is not null || answer.Length != subscriptions.Length)
        {
            throw refused ?? (MqttException)Malformed.Protocol("SUBACK does not answer every filter.");
        }
    }

    public async Task UnsubscribeAsync(ImmutableArray<string> filters, CancellationToken cancellation)
    {
        var answer = await _inbox.Requests
            .SendAsync(id => _control.Unsubscribe(id, filters), cancellation)
            .ConfigureAwait(false);
        foreach (var (filter, reason) in filters.Zip(answer))
        {
            if (reason.IsFailure())
            {
                throw new MqttRefusedException($"end of the subscription to {filter}", reason);
            }
        }
    }

    /// <summary>Nothing more comes from this connection; whoever waits for it is told.</summary>
    public async ValueTask CloseAsync(MqttException cause)
    {
        _inbox.Acknowledger.Close();
        _inbox.Requests.Close(new LinkLostException(cause.Message, LinkErrors.ReasonOf(cause), cause));
        await _transport.DisposeAsync().ConfigureAwait(false);
    }

    private static MqttReasonCode? GoodbyeFor(Task ended) => ended switch
    {
        { IsCompletedSuccessfully: true } => MqttReasonCode.Success,
        { Exception.InnerException: MqttProtocolException wrong } => wrong.Reason,
        _ => null,
    };

    private async Task SayGoodbyeAsync(MqttReasonCode goodbye, Task writing)
    {
        _control.Disconnect(goodbye);
        Writer.Finish();
        await writing.WaitAsync(GoodbyeLimit, _time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task CloseGentlyAsync()
    {
        using var limit = new CancellationTokenSource(GoodbyeLimit, _time);
        try
        {
            await _transport.CloseGentlyAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception cause) when (
            LinkErrors.IsExpected(cause) || cause is OperationCanceledException or InvalidOperationException)
        {
            // The goodbye is a courtesy: the broker finds out by itself.
        }
    }
}
