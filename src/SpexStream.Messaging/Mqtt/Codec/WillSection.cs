namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>The will inside CONNECT (MQTT 5, 3.1.2.5 and 3.1.3.2).</summary>
internal sealed record WillSection(string Topic, byte[] Payload, int Qos, bool Retain, PropertyBag Properties)
{
    public int Flags => 0x04 | (Qos << 3) | (Retain ? 0x20 : 0);

    public void Encode(WireWriter writer)
    {
        PropertyCodec.Write(writer, Properties, PropertyScope.Will);
        writer.Text(Topic);
        writer.Binary(Payload);
    }

    public static WillSection? Decode(ref WireReader reader, int connectFlags)
    {
        var qos = (connectFlags >> 3) & 3;
        var retain = (connectFlags & 0x20) != 0;
        if ((connectFlags & 0x04) == 0)
        {
            return qos == 0 && !retain ? null : throw Malformed.Packet("Will flags without a will.");
        }

        if (qos == 3)
        {
            throw Malformed.Packet("There is no QoS 3.");
        }

        var properties = PropertyCodec.Read(ref reader, PropertyScope.Will);
        var topic = reader.Text();
        return TopicRules.IsName(topic)
            ? new WillSection(topic, reader.Binary(), qos, retain, properties)
            : throw Malformed.Packet("The will's topic is not a topic name.");
    }
}
