namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Control packet types (MQTT 5, 2.1.2) that a client without QoS 2 and extended authentication
/// meets.</summary>
internal enum PacketType
{
    Connect = 1,
    Connack = 2,
    Publish = 3,
    Puback = 4,
    Subscribe = 8,
    Suback = 9,
    Unsubscribe = 10,
    Unsuback = 11,
    Pingreq = 12,
    Pingresp = 13,
    Disconnect = 14,
}
