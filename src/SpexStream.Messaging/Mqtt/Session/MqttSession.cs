using System.Threading.Channels;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Session;

/// <summary>What outlives a network connection: publishes under way, granted subscriptions, deliveries held.</summary>
internal sealed class MqttSession
{
    private readonly Channel<IMqttDelivery> _deliveries;

    public MqttSession(MqttConnectionOptions options)
    {
        Options = options;
        Publishes = new PublishOrder(PacketIds);
        Hold = new DeliveryHold(options.Hold);

        // Never full: a delivery enters the hold before the channel, and leaves it after.
        _deliveries = Channel.CreateBounded<IMqttDelivery>(
            new BoundedChannelOptions(options.Hold.Messages) { SingleWriter = true });
    }

    public MqttConnectionOptions Options { get; }

    public PacketIdPool PacketIds { get; } = new();

    public PublishOrder Publishes { get; }

    public SubscriptionSet Subscriptions { get; } = new();

    public DeliveryHold Hold { get; }

    public Tally Tally { get; } = new();

    /// <summary>Wakes the writer of the present network connection.</summary>
    public Signal WriterWork { get; } = new();

    public ChannelReader<IMqttDelivery> Deliveries => _deliveries.Reader;

    /// <summary>Hands a delivery to the consumer; after the end of the session it is disposed instead.</summary>
    public void Deliver(Delivery delivery)
    {
        if (!_deliveries.Writer.TryWrite(delivery))
        {
            delivery.Dispose();
        }
    }

    /// <summary>Ends the session on our side; all loops must have ended.</summary>
    public void Close(MqttException cause)
    {
        Publishes.Close(cause);
        _deliveries.Writer.TryComplete();
        while (_deliveries.Reader.TryRead(out var unread))
        {
            unread.Dispose();
        }
    }
}
