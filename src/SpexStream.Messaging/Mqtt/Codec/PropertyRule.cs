using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>What MQTT 5, table 2-4 and the chapters on each property allow.</summary>
internal readonly record struct PropertyRule(PropertyKind Kind, PropertyScope Scope, uint Least, uint Most)
{
    /// <exception cref="MqttProtocolException">There is no such property.</exception>
    public static PropertyRule Of(PropertyId id) => id switch
    {
        PropertyId.PayloadFormat => Flag(PropertyScope.Message),
        PropertyId.MessageExpiry => Any(PropertyKind.UInt32, PropertyScope.Message),
        PropertyId.ContentType or PropertyId.ResponseTopic => Any(PropertyKind.Text, PropertyScope.Message),
        PropertyId.CorrelationData => Any(PropertyKind.Binary, PropertyScope.Message),
        PropertyId.SubscriptionIdentifier =>
            Positive(PropertyKind.VarInt, PropertyScope.Publish | PropertyScope.Subscribe),
        PropertyId.SessionExpiry => Any(PropertyKind.UInt32, PropertyScope.Connecting | PropertyScope.Disconnect),
        PropertyId.AssignedClientId or PropertyId.ResponseInformation => Any(PropertyKind.Text, PropertyScope.Connack),
        PropertyId.ServerKeepAlive => Any(PropertyKind.UInt16, PropertyScope.Connack),
        PropertyId.AuthenticationMethod => Any(PropertyKind.Text, PropertyScope.Connecting),
        PropertyId.AuthenticationData => Any(PropertyKind.Binary, PropertyScope.Connecting),
        PropertyId.RequestProblemInformation => Flag(PropertyScope.Connect),
        PropertyId.RequestResponseInformation => Flag(PropertyScope.Connect),
        PropertyId.WillDelay => Any(PropertyKind.UInt32, PropertyScope.Will),
        PropertyId.ServerReference => Any(PropertyKind.Text, PropertyScope.Connack | PropertyScope.Disconnect),
        PropertyId.ReasonString => Any(PropertyKind.Text, PropertyScope.Answers),
        PropertyId.ReceiveMaximum => Positive(PropertyKind.UInt16, PropertyScope.Connecting),
        PropertyId.TopicAliasMaximum => Any(PropertyKind.UInt16, PropertyScope.Connecting),
        PropertyId.TopicAlias => Positive(PropertyKind.UInt16, PropertyScope.Publish),
        PropertyId.MaximumQos or PropertyId.RetainAvailable => Flag(PropertyScope.Connack),
        PropertyId.UserProperty => Any(PropertyKind.Pair, PropertyScope.All),
        PropertyId.MaximumPacketSize => Positive(PropertyKind.UInt32, PropertyScope.Connecting),
        PropertyId.WildcardAvailable => Flag(PropertyScope.Connack),
        PropertyId.SubscriptionIdentifierAvailable => Flag(PropertyScope.Connack),
        PropertyId.SharedAvailable => Flag(PropertyScope.Connack),
        _ => throw Malformed.Packet($"There is no property {(int)id}."),
    };

    /// <summary>True for what may stand more than once in one packet.</summary>
    public static bool MayRepeat(PropertyId id, PropertyScope scope) =>
        id == PropertyId.UserProperty || (id == PropertyId.SubscriptionIdentifier && scope == PropertyScope.Publish);

    private static PropertyRule Any(PropertyKind kind, PropertyScope scope) => new(kind, scope, 0, uint.MaxValue);

    private static PropertyRule Flag(PropertyScope scope) => new(PropertyKind.Byte, scope, 0, 1);

    private static PropertyRule Positive(PropertyKind kind, PropertyScope scope) => new(kind, scope, 1, uint.MaxValue);
}
