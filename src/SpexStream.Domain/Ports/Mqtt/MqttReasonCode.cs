namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>Why the broker answered as it did (MQTT 5, 2.4); 0x80 and above are failures.</summary>
public enum MqttReasonCode
{
    /// <summary>Success; normal disconnection; QoS 0 granted.</summary>
    Success = 0x00,

    /// <summary>QoS 1 granted.</summary>
    GrantedQos1 = 0x01,

    /// <summary>QoS 2 granted.</summary>
    GrantedQos2 = 0x02,

    /// <summary>Disconnected, and the will is to be sent.</summary>
    DisconnectWithWill = 0x04,

    /// <summary>Accepted, but nobody subscribes to it.</summary>
    NoMatchingSubscribers = 0x10,

    /// <summary>There was no such subscription.</summary>
    NoSubscriptionExisted = 0x11,

    /// <summary>The authentication goes on.</summary>
    ContinueAuthentication = 0x18,

    /// <summary>A new authentication begins.</summary>
    ReAuthenticate = 0x19,

    /// <summary>The sender does not say more.</summary>
    UnspecifiedError = 0x80,

    /// <summary>Bytes that cannot be read.</summary>
    MalformedPacket = 0x81,

    /// <summary>Readable, but against the rules.</summary>
    ProtocolError = 0x82,

    /// <summary>Valid, but not accepted by this broker.</summary>
    ImplementationSpecificError = 0x83,

    /// <summary>The broker does not speak MQTT 5.</summary>
    UnsupportedProtocolVersion = 0x84,

    /// <summary>The client id is not allowed.</summary>
    ClientIdentifierNotValid = 0x85,

    /// <summary>Bad user name or password.</summary>
    BadUserNameOrPassword = 0x86,

    /// <summary>Not authorised.</summary>
    NotAuthorized = 0x87,

    /// <summary>The broker is not available.</summary>
    ServerUnavailable = 0x88,

    /// <summary>The broker is busy.</summary>
    ServerBusy = 0x89,

    /// <summary>The client is banned.</summary>
    Banned = 0x8a,

    /// <summary>The broker is shutting down.</summary>
    ServerShuttingDown = 0x8b,

    /// <summary>The authentication method is not supported.</summary>
    BadAuthenticationMethod = 0x8c,

    /// <summary>Nothing was heard for too long.</summary>
    KeepAliveTimeout = 0x8d,

    /// <summary>Another client connected with the same client id.</summary>
    SessionTakenOver = 0x8e,

    /// <summary>The topic filter is not accepted.</summary>
    TopicFilterInvalid = 0x8f,

    /// <summary>The topic name is not accepted.</summary>
    TopicNameInvalid = 0x90,

    /// <summary>The packet identifier is in use.</summary>
    PacketIdentifierInUse = 0x91,

    /// <summary>The packet identifier is not known.</summary>
    PacketIdentifierNotFound = 0x92,

    /// <summary>More unacknowledged messages than agreed.</summary>
    ReceiveMaximumExceeded = 0x93,

    /// <summary>The topic alias is not known or not allowed.</summary>
    TopicAliasInvalid = 0x94,

    /// <summary>Larger than the maximum packet size.</summary>
    PacketTooLarge = 0x95,

    /// <summary>Too many messages in a time.</summary>
    MessageRateTooHigh = 0x96,

    /// <summary>A limit set by the operator is reached.</summary>
    QuotaExceeded = 0x97,

    /// <summary>Ended by an operator.</summary>
    AdministrativeAction = 0x98,

    /// <summary>The payload is not what its format says.</summary>
    PayloadFormatInvalid = 0x99,

    /// <summary>The broker keeps no messages.</summary>
    RetainNotSupported = 0x9a,

    /// <summary>The broker does not offer this QoS.</summary>
    QosNotSupported = 0x9b,

    /// <summary>Use another broker for now.</summary>
    UseAnotherServer = 0x9c,

    /// <summary>Use another broker from now on.</summary>
    ServerMoved = 0x9d,

    /// <summary>No shared subscriptions.</summary>
    SharedSubscriptionsNotSupported = 0x9e,

    /// <summary>Too many connects in a time.</summary>
    ConnectionRateExceeded = 0x9f,

    /// <summary>Connected for as long as allowed.</summary>
    MaximumConnectTime = 0xa0,

    /// <summary>No subscription identifiers.</summary>
    SubscriptionIdentifiersNotSupported = 0xa1,

    /// <summary>No wildcards in filters.</summary>
    WildcardSubscriptionsNotSupported = 0xa2,
}
