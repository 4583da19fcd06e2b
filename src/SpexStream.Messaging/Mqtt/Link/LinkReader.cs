using System.Buffers;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>The reader of our own client: payloads go from the stream straight into arrays of the pool.</summary>
internal sealed class LinkReader(PacketSource source, MqttSession session, LinkInbox inbox) : ILinkReader
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var header = await source.ReadHeaderAsync(cancellation).ConfigureAwait(false);
            if (header.Type == PacketType.Publish)
            {
                await ReceiveAsync(header, cancellation).ConfigureAwait(false);
            }
            else
            {
                Handle(await source.ReadControlAsync(header, cancellation).ConfigureAwait(false));
            }
        }
    }

    private void Handle(IPacket packet)
    {
        switch (packet)
        {
            case PubackPacket puback:
                inbox.PublishAnswered(puback.PacketId, puback.Reason);
                break;
            case SubackPacket answer:
                inbox.RequestAnswered(answer.PacketId, answer.Reasons);
                break;
            case PingPacket { Type: PacketType.Pingresp }:
                break;
            case DisconnectPacket goodbye:
                LinkInbox.Disconnected(goodbye.Reason, goodbye.Properties.Text(PropertyId.ReasonString));
                break;
            default:
                throw Malformed.Protocol($"{packet.Type} was not expected.");
        }
    }

    private async ValueTask ReceiveAsync(FixedHeader header, CancellationToken cancellation)
    {
        var packet = await source.ReadPublishAsync(header, cancellation).ConfigureAwait(false);
        var length = packet.PayloadLength;
        await inbox.EnterHoldAsync(length, cancellation).ConfigureAwait(false);
        var rented = length > 0 ? ArrayPool<byte>.Shared.Rent(length) : [];
        var isDelivered = false;
        try
        {
            await source.ReadPayloadAsync(rented.AsMemory(0, length), cancellation).ConfigureAwait(false);
            isDelivered = true;
        }
        finally
        {
            if (!isDelivered)
            {
                // Not back to the pool: the cancelled read may still own the array for a moment.
                session.Hold.ReleaseBytes(length);
                session.Hold.ReleaseMessage();
            }
        }

        inbox.Deliver(
            MessageMapping.ToMessage(packet, rented.AsMemory(0, length)), packet.Duplicate, packet.PacketId, rented);
    }
}
