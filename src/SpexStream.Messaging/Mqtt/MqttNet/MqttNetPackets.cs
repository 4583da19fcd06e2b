using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Link;
using SpexStream.Messaging.Mqtt.Session;
using OurProperty = SpexStream.Domain.Ports.Mqtt.MqttUserProperty;
using TheirProperty = MQTTnet.Packets.MqttUserProperty;

namespace SpexStream.Messaging.Mqtt.MqttNet;

/// <summary>Domain words as packets of MQTTnet and back. What cannot be expressed was refused before by the session.
/// </summary>
internal static class MqttNetPackets
{
    public static MqttConnectPacket Connect(MqttConnectionOptions options, bool isFirst)
    {
        var packet = new MqttConnectPacket
        {
            ClientId = options.ClientId,
            CleanSession = options.CleanStart && isFirst,
            KeepAlivePeriod = (ushort)MessageMapping.Seconds(options.KeepAlive),
            SessionExpiryInterval = MessageMapping.Seconds(options.SessionExpiry),
            ReceiveMaximum = (ushort)options.ReceiveMaximum,
            MaximumPacketSize = (uint)options.MaximumPacketBytes,
            RequestProblemInformation = true,

            // MQTTnet keeps to MQTT 3.1.1 here and wants a name beside each password.
            Username = options.User ?? (options.Password is null ? null : string.Empty),
            Password = options.Password is { } password ? Encoding.UTF8.GetBytes(password) : null,
        };
        if (options.Will is { } will)
        {
            packet.WillFlag = true;
            packet.WillTopic = will.Message.Topic;
            packet.WillMessage = will.Message.Payload.ToArray();
            packet.WillQoS = (MqttQualityOfServiceLevel)will.Message.Qos;
            packet.WillRetain = will.Message.Retain;
            packet.WillDelayInterval = MessageMapping.Seconds(will.Delay);
            packet.WillPayloadFormatIndicator = Format(will.Message);
            packet.WillContentType = will.Message.ContentType;
            packet.WillMessageExpiryInterval = ExpirySeconds(will.Message);
            packet.WillResponseTopic = will.Message.ResponseTopic;
            packet.WillCorrelationData = will.Message.CorrelationData?.ToArray();
            packet.WillUserProperties = Properties(will.Message);
        }

        return packet;
    }

    public static MqttPublishPacket Publish(OutgoingPublish publish)
    {
        var message = publish.Message;
        return new MqttPublishPacket
        {
            Topic = message.Topic,
            Payload = new ReadOnlySequence<byte>(message.Payload),
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)message.Qos,
            Retain = message.Retain,
            Dup = publish.Attempts > 1,
            PacketIdentifier = publish.PacketId,
            PayloadFormatIndicator = Format(message),
            ContentType = message.ContentType,
            MessageExpiryInterval = ExpirySeconds(message),
            ResponseTopic = message.ResponseTopic,
            CorrelationData = message.CorrelationData?.ToArray(),
            UserProperties = Properties(message),
        };
    }

    public static MqttSubscribePacket Subscribe(ushort packetId, ImmutableArray<MqttSubscription> subscriptions) =>
        new()
        {
            PacketIdentifier = packetId,
            TopicFilters = [.. subscriptions.Select(one => new MqttTopicFilter
            {
                Topic = one.Filter,
                QualityOfServiceLevel = (MqttQualityOfServiceLevel)one.Qos,
                RetainAsPublished = one.RetainAsPublished,
                RetainHandling = (MQTTnet.Protocol.MqttRetainHandling)one.RetainHandling,
            })],
        };

    public static MqttMessage Message(MqttPublishPacket packet) => new()
    {
        Topic = packet.Topic,
        Payload = packet.Payload.IsSingleSegment ? packet.Payload.First : packet.Payload.ToArray(),
        Qos = (MqttQos)packet.QualityOfServiceLevel,
        Retain = packet.Retain,
        IsText = packet.PayloadFormatIndicator == MqttPayloadFormatIndicator.CharacterData,
        ContentType = packet.ContentType,
        Expiry = packet.MessageExpiryInterval == 0 ? null : TimeSpan.FromSeconds(packet.MessageExpiryInterval),
        ResponseTopic = packet.ResponseTopic,
        CorrelationData = packet.CorrelationData is { } data ? (ReadOnlyMemory<byte>?)data : null,
        UserProperties = packet.UserProperties is { } pairs
            ? [.. pairs.Select(pair => new OurProperty(pair.Name, Encoding.UTF8.GetString(pair.ValueBuffer.Span)))]
            : [],
    };

    /// <exception cref="MqttRefusedException">The broker offers less than this client needs.</exception>
    public static BrokerLimits Limits(MqttConnAckPacket answer, TimeSpan askedKeepAlive) =>
        answer.MaximumQoS == MqttQualityOfServiceLevel.AtMostOnce
            ? throw new MqttRefusedException("QoS 1", MqttReasonCode.QosNotSupported)
            : new BrokerLimits(
                answer.ReceiveMaximum == 0 ? ushort.MaxValue : answer.ReceiveMaximum,
                answer.MaximumPacketSize == 0 ? uint.MaxValue : answer.MaximumPacketSize,
                answer.RetainAvailable,
                answer.ServerKeepAlive == 0 ? askedKeepAlive : TimeSpan.FromSeconds(answer.ServerKeepAlive));

    // MQTTnet cannot say zero, it would mean "for ever"; one second is the next.
    private static uint ExpirySeconds(MqttMessage message) =>
        message.Expiry is { } expiry ? Math.Max(1, MessageMapping.Seconds(expiry)) : 0;

    private static MqttPayloadFormatIndicator Format(MqttMessage message) =>
        message.IsText ? MqttPayloadFormatIndicator.CharacterData : MqttPayloadFormatIndicator.Unspecified;

    private static List<TheirProperty>? Properties(MqttMessage message) => message.UserProperties.IsDefaultOrEmpty
        ? null
        : [.. message.UserProperties.Select(pair => new TheirProperty(
            pair.Name, new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(pair.Value))))];
}
