using System.Buffers;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>The first packet of a client (MQTT 5, 3.1).</summary>
internal sealed record ConnectPacket : IPacket
{
    public required string ClientId { get; init; }

    public bool CleanStart { get; init; }

    public ushort KeepAliveSeconds { get; init; }

    public PropertyBag Properties { get; init; } = new();

    public WillSection? Will { get; init; }

    public string? User { get; init; }

    public byte[]? Password { get; init; }

    public PacketType Type => PacketType.Connect;

    private static ReadOnlySpan<byte> Protocol => "\0\u0004MQTT\u0005"u8;

    public void Encode(ArrayBufferWriter<byte> target)
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(body);
        writer.Raw(Protocol);
        writer.Byte(
            (CleanStart ? 0x02 : 0) | (Will?.Flags ?? 0) | (Password is null ? 0 : 0x40) | (User is null ? 0 : 0x80));
        writer.UInt16(KeepAliveSeconds);
        PropertyCodec.Write(writer, Properties, PropertyScope.Connect);
        writer.Text(ClientId);
        Will?.Encode(writer);
        if (User is not null)
        {
            writer.Text(User);
        }

        if (Password is not null)
        {
            writer.Binary(Password);
        }

        FixedHeader.Write(target, Type, 0, body.WrittenSpan);
    }

    public static ConnectPacket Decode(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        if (!reader.Take(Protocol.Length).SequenceEqual(Protocol))
        {
            throw Malformed.Packet("CONNECT is not of MQTT version 5.");
        }

        var flags = reader.Byte();
        if ((flags & 1) != 0)
        {
            throw Malformed.Packet("The reserved flag of CONNECT is set.");
        }

        var packet = new ConnectPacket
        {
            CleanStart = (flags & 0x02) != 0,
            KeepAliveSeconds = reader.UInt16(),
            Properties = PropertyCodec.Read(ref reader, PropertyScope.Connect),
            ClientId = reader.Text(),
            Will = WillSection.Decode(ref reader, flags),
            User = (flags & 0x80) != 0 ? reader.Text() : null,
            Password = (flags & 0x40) != 0 ? reader.Binary() : null,
        };
        reader.End();
        return packet;
    }
}
