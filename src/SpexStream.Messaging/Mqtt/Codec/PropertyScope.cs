namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Where a property may stand.</summary>
[Flags]
internal enum PropertyScope
{
    None = 0,
    Connect = 1 << 0,
    Connack = 1 << 1,
    Publish = 1 << 2,
    Will = 1 << 3,
    Puback = 1 << 4,
    Subscribe = 1 << 5,
    Suback = 1 << 6,
    Unsubscribe = 1 << 7,
    Unsuback = 1 << 8,
    Disconnect = 1 << 9,
    Message = Publish | Will,
    Connecting = Connect | Connack,
    Answers = Connack | Puback | Suback | Unsuback | Disconnect,
    All = (1 << 10) - 1,
}
