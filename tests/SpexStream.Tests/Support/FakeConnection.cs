using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Tests.Support;

/// <summary>A connection whose messages a test puts in, and whose publishing a test decides.</summary>
internal sealed class FakeConnection : IMqttConnection
{
    private readonly Channel<IMqttDelivery> _deliveries = Channel.CreateUnbounded<IMqttDelivery>();

    public MqttConnectionState State => new(MqttConnectionPhase.Connected, 0, false, null, null);

    public MqttCounters Counters => new();

    public ChannelReader<IMqttDelivery> Deliveries => _deliveries.Reader;

    /// <summary>What becomes of a publish; by default it is acknowledged at once.</summary>
    public Func<MqttMessage, CancellationToken, Task> OnPublish { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Everything that was published, be it in vain.</summary>
    public ConcurrentQueue<MqttMessage> Published { get; } = new();

    /// <summary>Whether the broker never hears of acknowledgements of what comes in now.</summary>
    public bool LosesAcknowledgements { get; set; }

    /// <summary>A message comes in.</summary>
    public FakeDelivery Receive(MqttMessage message)
    {
        var delivery = new FakeDelivery(message) { IsConnectionGone = LosesAcknowledgements };
        _deliveries.Writer.TryWrite(delivery);
        return delivery;
    }

    public FakeDelivery Receive(string topic, byte[] payload) =>
        Receive(new MqttMessage { Topic = topic, Payload = payload });

    public FakeDelivery Receive(string topic, string payload) => Receive(topic, Encoding.UTF8.GetBytes(payload));

    public Task PublishAsync(MqttMessage message, CancellationToken cancellation)
    {
        Published.Enqueue(message);
        return OnPublish(message, cancellation);
    }

    public Task ConnectAsync(CancellationToken cancellation) => Task.CompletedTask;

    public IAsyncEnumerable<MqttConnectionState> WatchStatesAsync(CancellationToken cancellation) =>
        AsyncEnumerable.Empty<MqttConnectionState>();

    public Task SubscribeAsync(IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancellation) =>
        Task.CompletedTask;

    public Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _deliveries.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }
}
