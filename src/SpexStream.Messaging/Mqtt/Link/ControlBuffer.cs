using System.Buffers;
using System.Collections.Immutable;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>The control packets of our own client, encoded as they come.</summary>
internal sealed class ControlBuffer(Signal writerWork) : IControlQueue
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _pending = new();
    private bool _hasPing;

    public void Acknowledge(ushort packetId)
    {
        lock (_lock)
        {
            PubackPacket.EncodeSuccess(_pending, packetId);
        }

        writerWork.Set();
    }

    public void Subscribe(ushort packetId, ImmutableArray<MqttSubscription> subscriptions) =>
        Append(new SubscribePacket(packetId, subscriptions, new()));

    public void Unsubscribe(ushort packetId, ImmutableArray<string> filters) =>
        Append(new UnsubscribePacket(packetId, filters, new()));

    public void Ping() => Append(PingPacket.Request);

    public void Disconnect(MqttReasonCode reason) => Append(new DisconnectPacket(reason, new()));

    /// <summary>Moves everything to a batch.</summary>
    /// <returns>True when a ping was among it.</returns>
    public bool MoveTo(ArrayBufferWriter<byte> batch)
    {
        lock (_lock)
        {
            batch.Write(_pending.WrittenSpan);
            _pending.ResetWrittenCount();
            var hadPing = _hasPing;
            _hasPing = false;
            return hadPing;
        }
    }

    private void Append(IPacket packet)
    {
        lock (_lock)
        {
            packet.Encode(_pending);
            _hasPing |= packet.Type == PacketType.Pingreq;
        }

        writerWork.Set();
    }
}
