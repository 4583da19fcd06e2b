using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Mqtt;

/// <summary>Brokers die, freeze and come back; publishes and subscriptions go on.</summary>
public abstract class FailoverContract : MqttContract
{
    [RequiresMosquittoFact]
    public async Task Every_publish_completes_and_arrives_over_a_broker_killed_in_the_middle()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Persistent);
        var roomy = Options(broker.Port, "keeper") with { ReceiveMaximum = 5000 };
        await using var receiver = await SubscribedAsync(roomy, "a");
        await using var sender = await ConnectAsync(Options(broker.Port) with { MaximumPendingPublishes = 8 });
        var seen = new HashSet<string>();
        var receiving = ReceiveAsync(receiver, seen, 400);
        await sender.PublishAsync(Text("a", "warm"), Limit);
        await broker.SaveAsync();

        var publishing = Task.WhenAll(
            Enumerable.Range(0, 400).Select(i => sender.PublishAsync(Text("a", $"{i}"), Limit)));
        await Eventually.HoldsAsync(() => sender.Counters.Published > 100);
        await broker.KillAsync();
        await broker.StartAsync();
        await publishing;
        await receiving;

        Assert.Equal(401, sender.Counters.Published);
        Assert.Equal(2, sender.Counters.Connects);
        Assert.Equal(401, seen.Count);
    }

    [RequiresMosquittoFact]
    public async Task Publishes_made_while_disconnected_are_sent_on_the_next_connection_in_order()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var connection = await SubscribedAsync(Options(broker.Port), "a");
        await broker.KillAsync();
        await WaitForAsync(connection, MqttConnectionPhase.Waiting);

        var publishing = Enumerable.Range(0, 20)
            .Select(i => connection.PublishAsync(Text("a", $"{i}"), Limit))
            .ToArray();
        await broker.StartAsync();
        await Task.WhenAll(publishing);

        // The broker forgot everything, so this also shows that the subscription was made again, and made first.
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), await TakeTextsAsync(connection, 20));
        Assert.False(connection.State.SessionPresent);
    }

    [RequiresMosquittoFact]
    public async Task An_idle_connection_is_kept_alive()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        await using var connection = await SubscribedAsync(
            Options(broker.Port) with { KeepAlive = TimeSpan.FromSeconds(1) }, "a");

        // The broker gives a silent client up after one and a half keep-alive.
        using var silence = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await connection.Deliveries.ReadAsync(silence.Token));

        await connection.PublishAsync(Text("a", "still here"), Limit);
        Assert.Equal(1, connection.Counters.Connects);
        Assert.DoesNotContain("exceeded timeout", broker.Log, StringComparison.Ordinal);
    }

    [RequiresMosquittoFact]
    public async Task A_broker_that_falls_silent_is_given_up_and_found_again()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        var options = Options(broker.Port) with
        {
            KeepAlive = TimeSpan.FromSeconds(1),
            ConnectTimeout = TimeSpan.FromSeconds(1),
        };
        await using var connection = await SubscribedAsync(options, "a");
        var lost = WaitForLossAsync(connection);
        await broker.FreezeAsync();

        Assert.Equal(MqttReasonCode.KeepAliveTimeout, (await lost).Reason);
        var publishing = connection.PublishAsync(Text("a", "late"), Limit);
        await broker.ThawAsync();
        await publishing;
        Assert.Contains("late", await TakeTextsAsync(connection, 1));
    }

    [RequiresMosquittoFact]
    public async Task Disposing_while_disconnected_fails_what_waits()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        var connection = await ConnectAsync(Options(broker.Port));
        await broker.KillAsync();
        await WaitForAsync(connection, MqttConnectionPhase.Waiting);
        var publishing = connection.PublishAsync(Text("a", ""), Limit);
        var subscribing = connection.SubscribeAsync([new MqttSubscription("a")], Limit);

        await connection.DisposeAsync();

        await Assert.ThrowsAsync<MqttException>(() => publishing);
        await Assert.ThrowsAsync<MqttException>(() => subscribing);
        await Assert.ThrowsAsync<MqttException>(() => connection.PublishAsync(Text("a", ""), Limit));
        Assert.Equal(MqttConnectionPhase.Closed, connection.State.Phase);
        Assert.False(await connection.Deliveries.WaitToReadAsync(Limit));
    }

    private static async Task ReceiveAsync(IMqttConnection receiver, HashSet<string> seen, int last)
    {
        while (seen.Count <= last)
        {
            seen.UnionWith(await TakeTextsAsync(receiver, 1));
        }
    }

    private static async Task<MqttConnectionState> WaitForLossAsync(IMqttConnection connection)
    {
        await foreach (var state in connection.WatchStatesAsync(Limit))
        {
            if (state.Phase == MqttConnectionPhase.Waiting)
            {
                return state;
            }
        }

        throw new InvalidOperationException("The connection was closed.");
    }
}
