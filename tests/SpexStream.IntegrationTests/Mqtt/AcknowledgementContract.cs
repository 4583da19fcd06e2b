using System.Text;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Mqtt;

/// <summary>Nothing is acknowledged but by hand, and what is not acknowledged holds the flood back.</summary>
public abstract class AcknowledgementContract : MqttContract
{
    [RequiresMosquittoFact]
    public async Task No_more_than_the_receive_maximum_comes_before_an_acknowledgement()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var receiver = await SubscribedAsync(Options(broker.Port) with { ReceiveMaximum = 5 }, "a");
        await using var sender = await ConnectAsync(Options(broker.Port));
        for (var i = 0; i < 12; i++)
        {
            await sender.PublishAsync(Text("a", $"{i}"), Limit);
        }

        // QoS 0 knows no window: it overtakes what the broker holds back, and so marks the end of the first five.
        await sender.PublishAsync(Text("a", "marker", MqttQos.AtMostOnce), Limit);
        var held = new List<IMqttDelivery>();
        for (var i = 0; i < 6; i++)
        {
            held.Add(await receiver.Deliveries.ReadAsync(Limit));
        }

        Assert.Equal(["0", "1", "2", "3", "4", "marker"], held.Select(Content));
        foreach (var delivery in held)
        {
            Assert.True(await delivery.AcknowledgeAsync());
            Assert.True(await delivery.AcknowledgeAsync());
            delivery.Dispose();
        }

        Assert.Equal(["5", "6", "7", "8", "9", "10", "11"], await TakeTextsAsync(receiver, 7));
        Assert.Equal(12, receiver.Counters.Acknowledged);
    }

    [RequiresMosquittoFact]
    public async Task What_was_not_acknowledged_comes_again_to_the_same_session()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var sender = await ConnectAsync(Options(broker.Port));
        await using (var receiver = await SubscribedAsync(Options(broker.Port, "keeper"), "a"))
        {
            await sender.PublishAsync(Text("a", "taken"), Limit);
            await sender.PublishAsync(Text("a", "left"), Limit);
            await TakeTextsAsync(receiver, 1);
            using var left = await receiver.Deliveries.ReadAsync(Limit);
            Assert.False(left.IsDuplicate);
        }

        await using var again = await ConnectAsync(Options(broker.Port, "keeper"));
        using var repeated = await again.Deliveries.ReadAsync(Limit);

        Assert.Equal("left", Content(repeated));
        Assert.True(repeated.IsDuplicate);
        Assert.True(again.State.SessionPresent);
    }

    [RequiresMosquittoFact]
    public async Task An_acknowledgement_that_outlived_its_connection_is_dropped_and_counted()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Persistent);
        await using var receiver = await SubscribedAsync(Options(broker.Port, "keeper"), "a");
        await using var sender = await ConnectAsync(Options(broker.Port));
        await sender.PublishAsync(Text("a", "x"), Limit);
        using var old = await receiver.Deliveries.ReadAsync(Limit);

        await broker.StopAsync();
        await WaitForAsync(receiver, MqttConnectionPhase.Waiting);
        Assert.False(await old.AcknowledgeAsync());
        await broker.StartAsync();

        using var repeated = await receiver.Deliveries.ReadAsync(Limit);
        Assert.True(await repeated.AcknowledgeAsync());
        Assert.Equal(("x", true), (Content(repeated), repeated.IsDuplicate));
        Assert.Equal((1, 1), (receiver.Counters.StaleAcknowledgements, receiver.Counters.Acknowledged));
    }

    [RequiresMosquittoFact]
    public async Task Reading_stops_at_the_bound_on_messages_and_loses_none()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        var options = Options(broker.Port) with { Hold = MqttHoldLimits.Default with { Messages = 3 } };
        await using var receiver = await SubscribedAsync(options, "a");
        await using var sender = await ConnectAsync(Options(broker.Port));
        for (var i = 0; i < 10; i++)
        {
            await sender.PublishAsync(Text("a", $"{i}", (MqttQos)(i % 2)), Limit);
        }

        await Eventually.HoldsAsync(() => receiver.Counters.IsReadingPaused);
        Assert.Equal(3, receiver.Counters.HeldMessages);
        Assert.Equal(3, receiver.Counters.Received);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), await TakeTextsAsync(receiver, 10));
        Assert.Equal((0, 0L), (receiver.Counters.HeldMessages, receiver.Counters.HeldBytes));
    }

    [RequiresMosquittoFact]
    public async Task Reading_stops_at_the_bound_on_bytes_until_payloads_are_disposed()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        var options = Options(broker.Port) with { MaximumPacketBytes = 60_000, Hold = new(100, 100_000) };
        await using var receiver = await SubscribedAsync(options, "a");
        await using var sender = await ConnectAsync(Options(broker.Port));
        for (var i = 0; i < 4; i++)
        {
            await sender.PublishAsync(new MqttMessage { Topic = "a", Payload = new byte[40_000] }, Limit);
        }

        await Eventually.HoldsAsync(() => receiver.Counters.IsReadingPaused);
        Assert.Equal(80_000, receiver.Counters.HeldBytes);
        var first = await receiver.Deliveries.ReadAsync(Limit);
        first.Dispose();
        await Eventually.HoldsAsync(() => receiver.Counters.Received == 3);
        Assert.True(await first.AcknowledgeAsync());
        await TakeTextsAsync(receiver, 3);
    }

    private static string Content(IMqttDelivery delivery) => Encoding.UTF8.GetString(delivery.Message.Payload.Span);
}
