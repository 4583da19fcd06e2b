using System.Diagnostics;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.IntegrationTests.Mqtt;

/// <summary>Strips travel inside messages; both directions together must keep up with a downlink.</summary>
public abstract class ThroughputContract(ITestOutputHelper output) : MqttContract
{
    private const int PayloadBytes = 64 << 20;
    private const int Rounds = 6;
    private const double LeastMegabytesPerSecond = 40;

    [RequiresMosquittoFact]
    public async Task Payloads_of_64_MiB_go_there_and_back_fast_and_unharmed()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var receiver = await SubscribedAsync(Options(broker.Port), "a");
        await using var sender = await ConnectAsync(Options(broker.Port));
        var payload = new byte[PayloadBytes];
        new Random(7).NextBytes(payload);
        await RoundAsync(sender, receiver, payload);

        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            times.Add(await RoundAsync(sender, receiver, payload));
        }

        times.Sort();
        var speed = PayloadBytes / 1e6 / times[Rounds / 2];
        var best = PayloadBytes / 1e6 / times[0];
        output.WriteLine($"64 MiB through the broker, median of {Rounds}: {speed:f0} MB/s, best {best:f0}");
        Assert.True(speed >= LeastMegabytesPerSecond, $"{speed:f0} MB/s");
    }

    [RequiresMosquittoFact]
    public async Task Many_small_messages_go_there_and_back()
    {
        const int Count = 20_000;
        await using var broker = await MosquittoBroker.StartAsync([.. MosquittoBroker.Open, "max_queued_messages 0"]);
        await using var receiver = await SubscribedAsync(Options(broker.Port) with { ReceiveMaximum = 1000 }, "a");
        await using var sender = await ConnectAsync(Options(broker.Port));
        var message = new MqttMessage { Topic = "a", Payload = new byte[2000] };

        var watch = Stopwatch.StartNew();
        var receiving = TakeTextsAsync(receiver, Count);
        await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => sender.PublishAsync(message, Limit)));
        await receiving;

        output.WriteLine($"2 kB at QoS 1 through the broker: {Count / watch.Elapsed.TotalSeconds:f0} messages/s");
    }

    private static async Task<double> RoundAsync(IMqttConnection sender, IMqttConnection receiver, byte[] payload)
    {
        var watch = Stopwatch.StartNew();
        var publishing = sender.PublishAsync(new MqttMessage { Topic = "a", Payload = payload }, Limit);
        using var delivery = await receiver.Deliveries.ReadAsync(Limit);
        var seconds = watch.Elapsed.TotalSeconds;
        await delivery.AcknowledgeAsync();
        await publishing;
        Assert.True(delivery.Message.Payload.Span.SequenceEqual(payload));
        return seconds;
    }
}
