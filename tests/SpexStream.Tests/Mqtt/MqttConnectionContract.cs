using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;
using Xunit;

namespace SpexStream.Tests.Mqtt;

/// <summary>What no real broker can be made to do at will; one subclass per library gives the factory.</summary>
public abstract class MqttConnectionContract : IAsyncLifetime
{
    private static readonly MqttMessage Message = new() { Topic = "a", Payload = new byte[10] };

    private readonly ScriptedBroker _broker = new();
    private IMqttConnection? _connection;

    protected abstract IMqttConnectionFactory Factory { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _broker.Dispose();
        await (_connection?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task An_unacknowledged_publish_goes_again_on_the_next_connection_and_completes()
    {
        using var first = await ConnectAsync();
        var publishing = _connection!.PublishAsync(Message, default);
        var sent = await first.ReadAsync<PublishPacket>();
        first.Dispose();

        using var second = await _broker.WelcomeAsync(sessionPresent: true);
        var again = await second.ReadAsync<PublishPacket>();
        Assert.Equal((sent.PacketId, false, true), (again.PacketId, sent.Duplicate, again.Duplicate));
        Assert.False(publishing.IsCompleted);

        await second.SendAsync(Puback(again));
        await publishing;
        Assert.Equal((1, 2), (_connection.Counters.Resent, _connection.Counters.Connects));
    }

    [Fact]
    public async Task No_more_is_sent_than_the_brokers_receive_maximum()
    {
        using var peer = await ConnectAsync(new PropertyBag().Add(PropertyId.ReceiveMaximum, 2u));
        var publishing = Enumerable.Range(0, 3).Select(_ => _connection!.PublishAsync(Message, default)).ToArray();
        var one = await peer.ReadAsync<PublishPacket>();
        await peer.ReadAsync<PublishPacket>();

        // Had the third gone out, it would come before this request.
        var subscribing = _connection!.SubscribeAsync([new MqttSubscription("b")], default);
        var subscribe = await peer.ReadAsync<SubscribePacket>();
        await peer.SendAsync(
            Puback(one), new SubackPacket(PacketType.Suback, subscribe.PacketId, [MqttReasonCode.GrantedQos1], new()));

        await peer.ReadAsync<PublishPacket>();
        await subscribing;
        await publishing[0];
    }

    [Fact]
    public async Task Only_granted_subscriptions_are_made_again_when_the_session_is_gone()
    {
        using var first = await ConnectAsync();
        var subscribing = _connection!.SubscribeAsync([new("granted"), new("refused")], default);
        var asked = await first.ReadAsync<SubscribePacket>();
        await first.SendAsync(new SubackPacket(
            PacketType.Suback, asked.PacketId, [MqttReasonCode.GrantedQos1, MqttReasonCode.NotAuthorized], new()));
        var refused = await Assert.ThrowsAsync<MqttRefusedException>(() => subscribing);
        Assert.Contains("refused: NotAuthorized", refused.Message, StringComparison.Ordinal);
        first.Dispose();

        using var second = await _broker.WelcomeAsync(sessionPresent: false);
        var again = await second.ReadAsync<SubscribePacket>();
        Assert.Equal(["granted"], again.Subscriptions.Select(one => one.Filter));
        Assert.NotEqual(MqttConnectionPhase.Connected, _connection.State.Phase);
        await second.SendAsync(
            new SubackPacket(PacketType.Suback, again.PacketId, [MqttReasonCode.GrantedQos1], new()));
        await StateAsync(state => state.Phase == MqttConnectionPhase.Connected);
    }

    [Fact]
    public async Task A_subscription_asked_for_while_the_link_breaks_is_asked_for_again()
    {
        using var first = await ConnectAsync();
        var subscribing = _connection!.SubscribeAsync([new("a")], default);
        await first.ReadAsync<SubscribePacket>();
        first.Dispose();

        using var second = await _broker.WelcomeAsync();
        var again = await second.ReadAsync<SubscribePacket>();
        await second.SendAsync(
            new SubackPacket(PacketType.Suback, again.PacketId, [MqttReasonCode.GrantedQos1], new()));
        await subscribing;
    }

    [Fact]
    public async Task The_reason_of_a_brokers_goodbye_is_reported()
    {
        using var peer = await ConnectAsync();
        var goodbye = new PropertyBag().Add(PropertyId.ReasonString, "maintenance");
        await peer.SendAsync(new DisconnectPacket(MqttReasonCode.ServerShuttingDown, goodbye));

        var state = await StateAsync(one => one.Phase is MqttConnectionPhase.Waiting or MqttConnectionPhase.Connecting);
        Assert.Equal(MqttReasonCode.ServerShuttingDown, state.Reason);
        Assert.Contains("maintenance", state.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_bytes_are_answered_with_the_reason_and_a_new_connection()
    {
        using var first = await ConnectAsync();
        await first.SendAsync([0x30, 3, 0, 1, 0]);

        Assert.Contains(
            (await first.ReadAsync<DisconnectPacket>()).Reason,
            new[] { MqttReasonCode.MalformedPacket, MqttReasonCode.ProtocolError });
        using var second = await _broker.WelcomeAsync();
    }

    [Fact]
    public async Task A_refusal_after_the_first_connect_is_reported_and_tried_again()
    {
        using (await ConnectAsync())
        {
        }

        using (var refusing = await _broker.AcceptAsync())
        {
            await refusing.ReadAsync<ConnectPacket>();
            await refusing.SendAsync(new ConnackPacket(false, MqttReasonCode.ServerBusy, new()));
            await StateAsync(one => one.Reason == MqttReasonCode.ServerBusy);
        }

        using var again = await _broker.WelcomeAsync();
        await StateAsync(one => one.Phase == MqttConnectionPhase.Connected);
    }

    [Fact]
    public async Task Clean_start_is_asked_for_at_the_first_connection_only()
    {
        _connection = Factory.Create(_broker.Options with { CleanStart = true });
        var connecting = _connection.ConnectAsync(default);
        foreach (var isFirst in new[] { true, false })
        {
            using var peer = await _broker.AcceptAsync();
            Assert.Equal(isFirst, (await peer.ReadAsync<ConnectPacket>()).CleanStart);
            await peer.SendAsync(new ConnackPacket(false, MqttReasonCode.Success, new()));
            await connecting;
        }
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_is_given_up_after_the_connect_timeout()
    {
        var options = _broker.Options with { ConnectTimeout = TimeSpan.FromMilliseconds(100) };
        _connection = Factory.Create(options);
        var connecting = _connection.ConnectAsync(default);
        using var peer = await _broker.AcceptAsync();
        var failed = await Assert.ThrowsAnyAsync<MqttException>(() => connecting);
        Assert.Contains("No answer", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_publish_ends_and_frees_its_place()
    {
        using var peer = await ConnectAsync();
        using var cancellation = new CancellationTokenSource();
        var publishing = _connection!.PublishAsync(Message, cancellation.Token);
        var sent = await peer.ReadAsync<PublishPacket>();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);
        Assert.Equal(0, _connection.Counters.PendingPublishes);
        var next = _connection.PublishAsync(Message, default);
        await peer.SendAsync(Puback(sent), Puback(await peer.ReadAsync<PublishPacket>()));
        await next;
    }

    [Fact]
    public async Task Acknowledgements_go_out_before_the_goodbye()
    {
        using var peer = await ConnectAsync();
        await peer.SendAsync(Enumerable.Range(1, 20).Select(Publish).ToArray<IPacket>());
        for (var i = 0; i < 20; i++)
        {
            using var delivery = await _connection!.Deliveries.ReadAsync();
            Assert.True(await delivery.AcknowledgeAsync());
        }

        var disposing = _connection!.DisposeAsync();
        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(i, (await peer.ReadAsync<PubackPacket>()).PacketId);
        }

        Assert.Equal(MqttReasonCode.Success, (await peer.ReadAsync<DisconnectPacket>()).Reason);
        peer.Dispose();
        await disposing;

        static PublishPacket Publish(int id) => new() { Topic = "a", Qos = 1, PacketId = (ushort)id };
    }

    [Fact]
    public async Task A_broker_that_overruns_the_receive_maximum_is_held_at_our_own_bound()
    {
        using var peer = await ConnectAsync(
            options: _broker.Options with { ReceiveMaximum = 2, Hold = MqttHoldLimits.Default with { Messages = 3 } });
        await peer.SendAsync(Enumerable.Range(1, 10).Select(Publish).ToArray<IPacket>());

        var held = new List<IMqttDelivery>();
        while (held.Count < 3)
        {
            held.Add(await _connection!.Deliveries.ReadAsync());
        }

        // The reader notes the pause before it waits; the fourth message can only come after a release.
        var fourth = _connection!.Deliveries.ReadAsync().AsTask();
        Assert.Equal((3, false), (_connection.Counters.HeldMessages, fourth.IsCompleted));
        held[0].Dispose();
        Assert.False(fourth.IsCompleted);
        await held[0].AcknowledgeAsync();
        (await fourth).Dispose();

        static PublishPacket Publish(int id) => new() { Topic = "a", Qos = 1, PacketId = (ushort)id };
    }

    private static PubackPacket Puback(PublishPacket publish) => new(publish.PacketId, MqttReasonCode.Success, new());

    private async Task<ScriptedPeer> ConnectAsync(PropertyBag? connack = null, MqttConnectionOptions? options = null)
    {
        _connection = Factory.Create(options ?? _broker.Options);
        var connecting = _connection.ConnectAsync(default);
        var peer = await _broker.WelcomeAsync(properties: connack);
        await connecting;
        return peer;
    }

    private async Task<MqttConnectionState> StateAsync(Predicate<MqttConnectionState> wanted)
    {
        using var limit = new CancellationTokenSource(ScriptedPeer.Limit);
        await foreach (var state in _connection!.WatchStatesAsync(limit.Token))
        {
            if (wanted(state))
            {
                return state;
            }
        }

        throw new InvalidOperationException("The connection was closed.");
    }
}
