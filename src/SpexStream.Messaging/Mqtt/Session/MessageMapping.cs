using System.Buffers;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;

namespace SpexStream.Messaging.Mqtt.Session;

/// <summary>Domain messages as packets and back.</summary>
internal static class MessageMapping
{
    /// <exception cref="ArgumentException">The message cannot be expressed in MQTT.</exception>
    public static OutgoingPublish ToOutgoing(MqttMessage message)
    {
        var packet = new PublishPacket
        {
            Topic = message.Topic,
            Qos = (int)message.Qos,
            Retain = message.Retain,
            Properties = ToProperties(message),
            PayloadLength = message.Payload.Length,
        };
        var header = new ArrayBufferWriter<byte>();
        packet.Encode(header);
        FixedHeader.TryRead(header.WrittenSpan, out var start);
        var topicLength = (header.WrittenSpan[start.Length] << 8) | header.WrittenSpan[start.Length + 1];
        return new OutgoingPublish(message, header.WrittenSpan.ToArray(), start.Length + 2 + topicLength);
    }

    public static WillSection ToWill(MqttWill will)
    {
        var properties = ToProperties(will.Message).Add(PropertyId.WillDelay, NullIfZero(Seconds(will.Delay)));
        return new WillSection(
            will.Message.Topic, will.Message.Payload.ToArray(), (int)will.Message.Qos, will.Message.Retain, properties);
    }

    public static MqttMessage ToMessage(PublishPacket packet, ReadOnlyMemory<byte> payload)
    {
        var properties = packet.Properties;
        return new MqttMessage
        {
            Topic = packet.Topic,
            Payload = payload,
            Qos = (MqttQos)packet.Qos,
            Retain = packet.Retain,
            IsText = properties.Number(PropertyId.PayloadFormat) == 1,
            ContentType = properties.Text(PropertyId.ContentType),
            Expiry = properties.Number(PropertyId.MessageExpiry) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            ResponseTopic = properties.Text(PropertyId.ResponseTopic),
            CorrelationData = properties.Binary(PropertyId.CorrelationData) is { } data
                ? (ReadOnlyMemory<byte>?)data
                : null,
            UserProperties = properties.UserProperties(),
        };
    }

    /// <summary>Whole seconds, rounded up, so that nothing ends earlier than asked.</summary>
    public static uint Seconds(TimeSpan time) => checked((uint)Math.Ceiling(time.TotalSeconds));

    private static PropertyBag ToProperties(MqttMessage message)
    {
        var bag = new PropertyBag()
            .Add(PropertyId.PayloadFormat, message.IsText ? 1u : null)
            .Add(PropertyId.MessageExpiry, message.Expiry is { } expiry ? ExpirySeconds(expiry) : null)
            .Add(PropertyId.ContentType, message.ContentType)
            .Add(PropertyId.ResponseTopic, message.ResponseTopic);
        if (message.CorrelationData is { } data)
        {
            bag.Add(Property.Of(PropertyId.CorrelationData, data.ToArray()));
        }

        return bag.Add(message.UserProperties);
    }

    private static uint ExpirySeconds(TimeSpan expiry) =>
        expiry >= TimeSpan.Zero && expiry.TotalSeconds <= uint.MaxValue
            ? Seconds(expiry)
            : throw new ArgumentException($"An expiry of {expiry} cannot be expressed in MQTT.");

    private static uint? NullIfZero(uint value) => value == 0 ? null : value;
}
