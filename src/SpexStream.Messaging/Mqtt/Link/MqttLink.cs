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
    private readonly ControlBuffer _control;
    private readonly Acknowledger _acknowledger;
    private readonly PendingRequests _requests;
    private readonly Liveness _liveness;
    private readonly LinkReader _reader;
    private readonly LinkWriter _writer;

    private MqttLink(
        MqttSession session, TimeProvider time, Transport transport, PacketSource source, BrokerLimits limits,
        Liveness liveness)
    {
        (_session, _time, _transport, _liveness) = (session, time, transport, liveness);
        _control = new ControlBuffer(session.WriterWork);
        _acknowledger = new Acknowledger(_control, session.Tally);
        _requests = new PendingRequests(session.PacketIds, _control);
        _reader = new LinkReader(source, session, _requests, _acknowledger, _liveness);
        _writer = new LinkWriter(transport.Stream, session, _control, limits, _liveness);
    }

    public required bool SessionPresent { get; init; }

    public static async Task<MqttLink> OpenAsync(
        MqttSession session, bool isFirst, TimeProvider time, CancellationToken cancellation)
    {
        var options = session.Options;
        using var limit = new CancellationTokenSource(options.ConnectTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        Transport? transport = null;
        try
        {
            transport = await Transport.OpenAsync(options, both.Token).ConfigureAwait(false);
            Liveness? liveness = null;
            var source = new PacketSource(
                transport.Stream, options.MaximumPacketBytes, () => Volatile.Read(ref liveness)?.Read());
            var answer = await Handshake
                .RunAsync(transport.Stream, source, Handshake.Request(options, isFirst), both.Token)
                .ConfigureAwait(false);
            var limits = BrokerLimits.Of(answer.Properties, options.KeepAlive);
            Volatile.Write(ref liveness, new Liveness(limits.KeepAlive, time));
            var link = new MqttLink(session, time, transport, source, limits, liveness)
            {
                SessionPresent = answer.SessionPresent,
            };
            transport = null;
            return link;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new LinkLostException($"No answer from {options.Host}:{options.Port} in {options.ConnectTimeout}");
        }
        finally
        {
            if (transport is not null)
            {
                await transport.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Runs until the network connection is lost, which throws, or until asked to stop, after a goodbye.
    /// </summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var end = new CancellationTokenSource();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(() => stopped.TrySetResult());
        var reading = _reader.RunAsync(end.Token);
        var writing = _writer.RunAsync(end.Token);
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
        var answer = await _requests
            .SendAsync(id => new SubscribePacket(id, subscriptions, new()), cancellation)
            .ConfigureAwait(false);
        MqttRefusedException? refused = null;
        foreach (var (subscription, reason) in subscriptions.Zip(answer.Reasons))
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

        if (refused is not null || answer.Reasons.Length != subscriptions.Length)
        {
            throw refused ?? (MqttException)Malformed.Protocol("SUBACK does not answer every filter.");
        }
    }

    public async Task UnsubscribeAsync(ImmutableArray<string> filters, CancellationToken cancellation)
    {
        var answer = await _requests
            .SendAsync(id => new UnsubscribePacket(id, filters, new()), cancellation)
            .ConfigureAwait(false);
        foreach (var (filter, reason) in filters.Zip(answer.Reasons))
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
        _acknowledger.Close();
        _requests.Close(new LinkLostException(cause.Message, LinkErrors.ReasonOf(cause), cause));
        await _transport.DisposeAsync().ConfigureAwait(false);
    }

    private static DisconnectPacket? GoodbyeFor(Task ended) => ended switch
    {
        { IsCompletedSuccessfully: true } => new DisconnectPacket(MqttReasonCode.Success, new()),
        { Exception.InnerException: MqttProtocolException wrong } => new DisconnectPacket(wrong.Reason, new()),
        _ => null,
    };

    private async Task SayGoodbyeAsync(DisconnectPacket goodbye, Task writing)
    {
        _control.Append(goodbye);
        _writer.Finish();
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
