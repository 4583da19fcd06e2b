using System.Collections.Immutable;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>What each packet from the broker means for the session, whichever library read it. One reader at a time.
/// </summary>
internal sealed class LinkInbox(MqttSession session, IControlQueue control, Liveness liveness)
{
    public PendingRequests Requests { get; } = new(session.PacketIds);

    public Acknowledger Acknowledger { get; } = new(control, session.Tally);

    /// <summary>A PUBACK came.</summary>
    /// <exception cref="MqttProtocolException">Nothing on the wire has this identifier.</exception>
    public void PublishAnswered(ushort packetId, MqttReasonCode reason)
    {
        if (!session.Publishes.Acknowledge(packetId, reason))
        {
            throw Malformed.Protocol($"PUBACK for the unknown packet identifier {packetId}.");
        }

        if (reason.IsFailure())
        {
            session.Tally.PublishRefused();
        }
        else
        {
            session.Tally.PublishDone();
        }

        session.WriterWork.Set();
    }

    /// <summary>A SUBACK or UNSUBACK came.</summary>
    /// <exception cref="MqttProtocolException">Nobody asked.</exception>
    public void RequestAnswered(ushort packetId, ImmutableArray<MqttReasonCode> reasons)
    {
        if (!Requests.Answer(packetId, reasons))
        {
            throw Malformed.Protocol($"An answer to the unknown packet identifier {packetId}.");
        }
    }

    /// <summary>A DISCONNECT came; always throws.</summary>
    public static void Disconnected(MqttReasonCode reason, string? detail) =>
        throw new LinkLostException($"The broker disconnected: {reason} {detail}".TrimEnd(), reason);

    /// <summary>Waits for room for a message; while it waits, nothing is read.</summary>
    public async ValueTask EnterHoldAsync(int bytes, CancellationToken cancellation)
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

    /// <summary>A message came for which there is room.</summary>
    /// <param name="message">The message, over <paramref name="rented"/> where that is not empty.</param>
    /// <param name="isDuplicate">The broker may have sent it before.</param>
    /// <param name="packetId">0 exactly on QoS 0.</param>
    /// <param name="rented">An array of the shared pool that the delivery gives back, or an empty one.</param>
    public void Deliver(MqttMessage message, bool isDuplicate, ushort packetId, byte[] rented)
    {
        var delivery = new Delivery(message, isDuplicate, packetId, rented, session.Hold, Acknowledger);
        if (message.Qos != MqttQos.AtMostOnce)
        {
            Acknowledger.Track(delivery);
        }

        session.Tally.MessageReceived(message.Payload.Length);
        session.Deliver(delivery);
    }
}
