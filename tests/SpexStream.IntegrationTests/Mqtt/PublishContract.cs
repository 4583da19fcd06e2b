using System.Text;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Mqtt;

/// <summary>Messages go out and come in as they are.</summary>
public abstract class PublishContract : MqttContract
{
    [RequiresMosquittoFact]
    public async Task Messages_of_both_qualities_arrive_in_order()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var receiver = await SubscribedAsync(Options(broker.Port), "a/+");
        await using var sender = await ConnectAsync(Options(broker.Port));

        var publishes = Enumerable.Range(0, 100)
            .Select(i => sender.PublishAsync(Text("a/b", $"{i}", (MqttQos)(i % 2)), Limit));
        await Task.WhenAll(publishes);

        var texts = await TakeTextsAsync(receiver, 100);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), texts);
        Assert.Equal(100, sender.Counters.Published);
        Assert.Equal(0, sender.Counters.PendingPublishes);
        Assert.Equal(0, receiver.Counters.HeldMessages);
    }

    [RequiresMosquittoFact]
    public async Task Everything_said_about_a_message_arrives_with_it()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var receiver = await SubscribedAsync(Options(broker.Port), "a");
        await using var sender = await ConnectAsync(Options(broker.Port));
        var sent = Text("a", "{}") with
        {
            ContentType = "application/geo+json",
            IsText = true,
            Expiry = TimeSpan.FromSeconds(90),
            ResponseTopic = "answers/1",
            CorrelationData = new byte[] { 1, 0, 255 },
            UserProperties = [new("id", "1"), new("größe", "ü"), new("id", "2"), new("", "")],
        };

        await sender.PublishAsync(sent, Limit);
        using var delivery = await receiver.Deliveries.ReadAsync(Limit);

        var message = delivery.Message;
        Assert.Equal(
            (sent.Topic, sent.Qos, sent.ContentType, sent.IsText, sent.ResponseTopic, false),
            (message.Topic, message.Qos, message.ContentType, message.IsText, message.ResponseTopic, message.Retain));
        Assert.Equal(sent.UserProperties.AsEnumerable(), message.UserProperties);
        Assert.Equal("1", message.UserProperty("id"));
        Assert.Equal([1, 0, 255], message.CorrelationData!.Value.ToArray());
        Assert.InRange(message.Expiry!.Value.TotalSeconds, 80, 90);
        Assert.Equal("{}", Encoding.UTF8.GetString(message.Payload.Span));
    }

    [RequiresMosquittoFact]
    public async Task A_retained_message_waits_for_later_subscribers_until_it_is_cleared()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var sender = await ConnectAsync(Options(broker.Port));
        await sender.PublishAsync(Text("state/x", "kept") with { Retain = true }, Limit);

        await using var late = await SubscribedAsync(Options(broker.Port), "state/#");
        using (var delivery = await late.Deliveries.ReadAsync(Limit))
        {
            Assert.True(delivery.Message.Retain);
            await delivery.AcknowledgeAsync();
        }

        await sender.PublishAsync(new MqttMessage { Topic = "state/x", Retain = true }, Limit);
        await using var later = await SubscribedAsync(Options(broker.Port), "state/#");
        await sender.PublishAsync(Text("state/y", "live"), Limit);
        Assert.Equal(["live"], await TakeTextsAsync(later, 1));
    }

    [RequiresMosquittoFact]
    public async Task A_message_above_the_brokers_packet_size_is_refused_and_the_connection_stays()
    {
        await using var broker = await MosquittoBroker.StartAsync([.. MosquittoBroker.Open, "max_packet_size 5000"]);
        await using var sender = await SubscribedAsync(Options(broker.Port), "a");

        var tooLarge = new MqttMessage { Topic = "a", Payload = new byte[6000] };
        var refused = await Assert.ThrowsAsync<MqttRefusedException>(() => sender.PublishAsync(tooLarge, Limit));
        await sender.PublishAsync(Text("a", "small"), Limit);

        Assert.Equal(MqttReasonCode.PacketTooLarge, refused.Reason);
        Assert.Equal(["small"], await TakeTextsAsync(sender, 1));
        Assert.Equal(1, sender.Counters.Connects);
    }

    [RequiresMosquittoFact]
    public async Task A_message_above_the_receivers_packet_size_does_not_reach_it()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var receiver = await SubscribedAsync(Options(broker.Port) with { MaximumPacketBytes = 2000 }, "a");
        await using var sender = await ConnectAsync(Options(broker.Port));

        await sender.PublishAsync(new MqttMessage { Topic = "a", Payload = new byte[3000] }, Limit);
        await sender.PublishAsync(Text("a", "small"), Limit);

        Assert.Equal(["small"], await TakeTextsAsync(receiver, 1));
        Assert.Equal(1, receiver.Counters.Connects);
    }

    [RequiresMosquittoFact]
    public async Task After_unsubscribing_nothing_more_comes()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var connection = await SubscribedAsync(Options(broker.Port), "a");
        await connection.SubscribeAsync([new MqttSubscription("b")], Limit);
        await connection.UnsubscribeAsync(["a", "never"], Limit);

        await connection.PublishAsync(Text("a", "unwanted"), Limit);
        await connection.PublishAsync(Text("b", "wanted"), Limit);

        Assert.Equal(["wanted"], await TakeTextsAsync(connection, 1));
    }

    [RequiresMosquittoFact]
    public async Task A_topic_with_a_wildcard_is_refused_before_it_is_sent()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var connection = await ConnectAsync(Options(broker.Port));

        await Assert.ThrowsAnyAsync<ArgumentException>(() => connection.PublishAsync(Text("a/#", ""), Limit));
        await connection.PublishAsync(Text("a", ""), Limit);
        Assert.Equal(1, connection.Counters.Connects);
    }
}
