using System.Buffers;
using System.Text;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>CONNECT and its answer.</summary>
internal static class Handshake
{
    /// <exception cref="MqttRefusedException">The broker said no.</exception>
    public static async Task<ConnackPacket> RunAsync(
        Stream stream, PacketSource source, ConnectPacket connect, CancellationToken cancellation)
    {
        var bytes = new ArrayBufferWriter<byte>();
        connect.Encode(bytes);
        await stream.WriteAsync(bytes.WrittenMemory, cancellation).ConfigureAwait(false);
        var header = await source.ReadHeaderAsync(cancellation).ConfigureAwait(false);
        if (header.Type != PacketType.Connack)
        {
            throw Malformed.Protocol($"{header.Type} instead of CONNACK.");
        }

        var answer = (ConnackPacket)await source.ReadControlAsync(header, cancellation).ConfigureAwait(false);
        return answer.Reason.IsFailure()
            ? throw new MqttRefusedException(
                $"client '{connect.ClientId}'", answer.Reason, answer.Properties.Text(PropertyId.ReasonString))
            : answer;
    }

    public static ConnectPacket Request(MqttConnectionOptions options, bool isFirst)
    {
        var sessionExpiry = MessageMapping.Seconds(options.SessionExpiry);
        return new ConnectPacket
        {
            ClientId = options.ClientId,
            CleanStart = options.CleanStart && isFirst,
            KeepAliveSeconds = (ushort)MessageMapping.Seconds(options.KeepAlive),
            Properties = new PropertyBag()
                .Add(PropertyId.SessionExpiry, sessionExpiry == 0 ? null : sessionExpiry)
                .Add(PropertyId.ReceiveMaximum, (uint)options.ReceiveMaximum)
                .Add(PropertyId.MaximumPacketSize, (uint)options.MaximumPacketBytes),
            Will = options.Will is { } will ? MessageMapping.ToWill(will) : null,
            User = options.User,
            Password = options.Password is { } password ? Encoding.UTF8.GetBytes(password) : null,
        };
    }
}
