using System.Buffers;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>Reads packets until the network connection ends, and passes each to whom it concerns.</summary>
internal sealed class LinkReader(
    PacketSource source, MqttSession session, PendingRequests requests, Acknowledger acknowledger, Liveness liveness)
{
    /// <summary>Runs until it throws.</summary>
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
                Acknowledge(puback);
                break;
            case SubackPacket answer when requests.Answer(answer):
            case PingPacket { Type: PacketType.Pingresp }:
                break;
            case DisconnectPacket goodbye:
                var detail = goodbye.Properties.Text(PropertyId.ReasonString);
                throw new LinkLostException(
                    $"The broker disconnected: {goodbye.Reason} {detail}".TrimEnd(), goodbye.Reason);
            default:
                throw Malformed.Protocol($"{packet.Type} was not expected.");
        }
    }

    private void Acknowledge(PubackPacket puback)
    {
        if (!session.Publishes.Acknowledge(puback.PacketId, puback.Reason))
        {
            throw Malformed.Protocol($"PUBACK for the unknown packet identifier {puback.PacketId}.");
        }

        if (puback.Reason.IsFailure())
        {
            session.Tally.PublishRefused();
        }
        else
        {
            session.Tally.PublishDone();
        }

        session.WriterWork.Set();
    }

    private async ValueTask ReceiveAsync(FixedHeader header, CancellationToken cancellation)
    {
        var packet = await source.ReadPublishAsync(header, cancellation).ConfigureAwait(false);
        var length = packet.PayloadLength;
        await EnterHoldAsync(length, cancellation).ConfigureAwait(false);
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

        var message = MessageMapping.ToMessage(packet, rented.AsMemory(0, length));
        var delivery = new Delivery(message, packet.Duplicate, packet.PacketId, rented, session.Hold, acknowledger);
        if (message.Qos != MqttQos.AtMostOnce)
        {
            acknowledger.Track(delivery);
        }

        session.Tally.MessageReceived(length);
        session.Deliver(delivery);
    }

    private async ValueTask EnterHoldAsync(int bytes, CancellationToken cancellation)
    {
        var entering = session.Hold.EnterAsync(bytes, cancellation);
        if (entering.IsCompletedSuccessfully)
        {
            return;
        }

        liveness.ReadingPaused(true);
        try
        {
            await entering.ConfigureAwait(false);
        }
        finally
        {
            liveness.ReadingPaused(false);
        }
    }
}
