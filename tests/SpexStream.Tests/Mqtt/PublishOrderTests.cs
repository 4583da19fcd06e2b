using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Session;
using Xunit;

namespace SpexStream.Tests.Mqtt;

public sealed class PublishOrderTests
{
    private readonly PublishOrder _order = new(new PacketIdPool());

    [Fact]
    public void Messages_leave_in_order_as_far_as_the_window_allows()
    {
        var added = Enumerable.Range(0, 3).Select(_ => Add()).ToArray();
        Assert.Same(added[0], Send(2));
        Assert.Same(added[1], Send(2));
        Assert.Null(Send(2));
        Assert.True(_order.Acknowledge(added[1].PacketId, MqttReasonCode.Success));
        Assert.Same(added[2], Send(2));
        Assert.True(added[1].Completion.Task.IsCompletedSuccessfully);
        Assert.False(added[0].Completion.Task.IsCompleted);
    }

    [Fact]
    public void After_a_rewind_all_that_is_unacknowledged_goes_again_marked_and_under_the_same_identifier()
    {
        var (first, second) = (Add(), Add());
        Send();
        Send();
        var id = second.PacketId;
        _order.Acknowledge(first.PacketId, MqttReasonCode.Success);
        var third = Add();

        _order.Rewind();

        Assert.Same(second, Send());
        Assert.Same(third, Send());
        Assert.Null(Send());
        Assert.Equal((id, 2, 8), (second.PacketId, second.Attempts, second.Header[0] & 8));
        Assert.Equal((1, 0), (third.Attempts, third.Header[0] & 8));
    }

    [Fact]
    public void At_most_once_is_never_sent_again()
    {
        var publish = Add(MqttQos.AtMostOnce);
        Assert.Same(publish, _order.TakeNext(1));
        _order.Rewind();
        Assert.Null(_order.TakeNext(1));
        _order.EndWriting(publish);
        Assert.True(publish.Completion.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_caller_gets_its_payload_back_only_when_the_writer_is_done_with_it()
    {
        var publish = Add();
        _order.TakeNext(1);
        _order.Acknowledge(publish.PacketId, MqttReasonCode.Success);
        Assert.False(publish.Completion.Task.IsCompleted);
        _order.EndWriting(publish);
        Assert.True(publish.Completion.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public void An_abandoned_message_keeps_its_identifier_until_the_answer_and_is_not_sent_again()
    {
        var publish = Add();
        Send();
        _order.Abandon(publish, new CancellationToken(true));
        Assert.True(publish.Completion.Task.IsCanceled);
        Assert.Null(Send(1));
        Assert.True(_order.Acknowledge(publish.PacketId, MqttReasonCode.Success));

        var next = Add();
        Assert.Same(next, Send(1));
        _order.Abandon(next, new CancellationToken(true));
        _order.Rewind();
        Assert.Null(Send());
        Assert.False(_order.Acknowledge(next.PacketId, MqttReasonCode.Success));
    }

    [Fact]
    public void An_abandoned_message_that_was_not_sent_never_is()
    {
        var (first, second) = (Add(), Add());
        _order.Abandon(first, new CancellationToken(true));
        Assert.Same(second, Send());
        Assert.Null(Send());
    }

    [Fact]
    public async Task A_refusal_reaches_the_caller_by_name()
    {
        var publish = Add();
        Send();
        _order.Acknowledge(publish.PacketId, MqttReasonCode.QuotaExceeded);
        var refused = await Assert.ThrowsAsync<MqttRefusedException>(() => publish.Completion.Task);
        Assert.Contains("QuotaExceeded (0x97)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Closing_fails_all_and_takes_no_more()
    {
        var publish = Add();
        Send();
        _order.Close(new MqttException("over"));
        Assert.True(publish.Completion.Task.IsFaulted);
        Assert.Throws<MqttException>(() => Add());
    }

    [Fact]
    public void An_answer_to_nothing_is_noticed() =>
        Assert.False(_order.Acknowledge(7, MqttReasonCode.Success));

    [Fact]
    public void Random_connections_settle_every_message_exactly_once()
    {
        var random = new Random(4711);
        var all = new List<OutgoingPublish>();
        var wire = new List<OutgoingPublish>();
        while (all.Count < 2000 || all.Any(one => !one.Completion.Task.IsCompleted))
        {
            switch (random.Next(all.Count < 2000 ? 10 : 8))
            {
                case 0 when random.Next(10) == 0:
                    wire.Clear();
                    _order.Rewind();
                    break;
                case < 4 when wire.Count > 0:
                    var at = random.Next(wire.Count);
                    Assert.True(_order.Acknowledge(wire[at].PacketId, MqttReasonCode.Success));
                    wire.RemoveAt(at);
                    break;
                case < 8 when Send(20) is { } sent:
                    wire.Add(sent);
                    Assert.InRange(wire.Count, 1, 20);
                    Assert.Equal(wire.Count, wire.DistinctBy(one => one.PacketId).Count());
                    break;
                case >= 8:
                    all.Add(Add());
                    break;
                default:
                    break;
            }
        }

        Assert.All(all, one => Assert.True(one.Completion.Task.IsCompletedSuccessfully));
        Assert.Null(_order.TakeNext(20));
    }

    private OutgoingPublish Add(MqttQos qos = MqttQos.AtLeastOnce)
    {
        var publish = MessageMapping.ToOutgoing(new MqttMessage { Topic = "a", Qos = qos });
        _order.Add(publish);
        return publish;
    }

    private OutgoingPublish? Send(int window = 100)
    {
        var publish = _order.TakeNext(window);
        if (publish is not null)
        {
            _order.EndWriting(publish);
        }

        return publish;
    }
}
