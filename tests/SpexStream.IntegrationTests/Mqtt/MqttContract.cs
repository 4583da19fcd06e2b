using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.IntegrationTests.Mqtt;

/// <summary>What every contract test needs; one subclass per library gives the factory.</summary>
public abstract class MqttContract
{
    private int _clients;

    protected abstract IMqttConnectionFactory Factory { get; }

    /// <summary>No test waits longer for anything.</summary>
    protected static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    protected MqttConnectionOptions Options(int port, string? clientId = null) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        ClientId = clientId ?? $"client-{Interlocked.Increment(ref _clients)}",
        Backoff = new() { First = TimeSpan.FromMilliseconds(20), Longest = TimeSpan.FromMilliseconds(200) },
    };

    protected async Task<IMqttConnection> ConnectAsync(MqttConnectionOptions options)
    {
        var connection = Factory.Create(options);
        await connection.ConnectAsync(Limit);
        return connection;
    }

    protected async Task<IMqttConnection> SubscribedAsync(MqttConnectionOptions options, string filter)
    {
        var connection = await ConnectAsync(options);
        await connection.SubscribeAsync([new MqttSubscription(filter)], Limit);
        return connection;
    }

    /// <summary>Reads, acknowledges and disposes so many deliveries, and returns their payloads as text.</summary>
    protected static async Task<List<string>> TakeTextsAsync(IMqttConnection connection, int count)
    {
        var texts = new List<string>();
        while (texts.Count < count)
        {
            using var delivery = await connection.Deliveries.ReadAsync(Limit);
            texts.Add(System.Text.Encoding.UTF8.GetString(delivery.Message.Payload.Span));
            await delivery.AcknowledgeAsync();
        }

        return texts;
    }

    protected static MqttMessage Text(string topic, string text, MqttQos qos = MqttQos.AtLeastOnce) =>
        new() { Topic = topic, Payload = System.Text.Encoding.UTF8.GetBytes(text), Qos = qos };

    protected static async Task WaitForAsync(IMqttConnection connection, MqttConnectionPhase phase)
    {
        await foreach (var state in connection.WatchStatesAsync(Limit))
        {
            if (state.Phase == phase)
            {
                return;
            }
        }
    }
}
