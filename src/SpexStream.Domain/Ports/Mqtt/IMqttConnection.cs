using System.Threading.Channels;

namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>
/// One MQTT 5 session with one broker, kept alive over any number of network connections. After the first connect it
/// reconnects by itself, subscribes again where the broker forgot the session, and sends unacknowledged QoS 1 messages
/// again. All members may be called from any thread. Disposing says goodbye to the broker (no will is sent), fails
/// what is still waiting with <see cref="MqttException"/> and disposes deliveries that nobody has read.
/// </summary>
/// <remarks>
/// A connection whose deliveries are held stops reading its socket, and with them the acknowledgements of its own
/// publishes and subscriptions: publish on a connection that does not subscribe to a flood.
/// </remarks>
public interface IMqttConnection : IAsyncDisposable
{
    /// <summary>The phase the connection is in now.</summary>
    MqttConnectionState State { get; }

    /// <summary>Counters since the start and levels of now; a consistent enough snapshot for metrics.</summary>
    MqttCounters Counters { get; }

    /// <summary>
    /// Messages received, in the broker's order. Bounded by <see cref="MqttHoldLimits"/>: when too much is held,
    /// reading from the socket stops until deliveries are settled. Completes when the connection is disposed. The
    /// reader of a delivery owns it and disposes it.
    /// </summary>
    ChannelReader<IMqttDelivery> Deliveries { get; }

    /// <summary>
    /// Connects and keeps connected until disposal; call it once. With
    /// <see cref="MqttConnectionOptions.RetryFirstConnect"/> it waits until the broker can be reached, else the first
    /// failure is thrown and the connection is closed for good. Cancelling also closes it for good.
    /// </summary>
    /// <exception cref="MqttRefusedException">The broker refused (bad password, not authorised, ...).</exception>
    /// <exception cref="MqttException">The broker could not be reached, or TLS failed.</exception>
    Task ConnectAsync(CancellationToken cancellation);

    /// <summary>Every change of <see cref="State"/>, beginning with the current one, until cancelled or disposed. A
    /// slow watcher misses the oldest of more than 64 unread changes, never the latest.</summary>
    IAsyncEnumerable<MqttConnectionState> WatchStatesAsync(CancellationToken cancellation);

    /// <summary>
    /// Publishes a message: QoS 1 completes with the broker's acknowledgement, QoS 0 when the bytes are handed to the
    /// system. Waits while disconnected, and while <see cref="MqttConnectionOptions.MaximumPendingPublishes"/> others
    /// wait. The payload is not copied: it must not change until the task has ended, in whichever way. Messages leave
    /// in the order of the calls. A QoS 1 message may arrive more than once; after cancelling, it may have arrived.
    /// </summary>
    /// <exception cref="ArgumentException">The message breaks a rule of MQTT (topic with a wildcard,
    /// ...).</exception>
    /// <exception cref="MqttRefusedException">The broker refused it, or announced limits that forbid it.</exception>
    /// <exception cref="MqttException">The connection was disposed before the acknowledgement.</exception>
    Task PublishAsync(MqttMessage message, CancellationToken cancellation);

    /// <summary>
    /// Subscribes and waits for the broker's consent; kept over reconnects. A filter subscribed before is replaced.
    /// Shared subscriptions are plain filters, <c>$share/group/filter</c>.
    /// </summary>
    /// <exception cref="MqttRefusedException">The broker refused at least one filter; the granted ones
    /// stay.</exception>
    Task SubscribeAsync(IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancellation);

    /// <summary>Ends subscriptions and waits for the broker's consent; an unknown filter is no error.</summary>
    Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellation);
}
