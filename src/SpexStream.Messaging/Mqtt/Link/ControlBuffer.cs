using System.Buffers;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>
/// Small packets that go before any publish: acknowledgements, requests, pings. Bounded by what may cause them:
/// messages held, callers waiting, one ping per tick. Thread-safe.
/// </summary>
internal sealed class ControlBuffer(Signal writerWork)
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _pending = new();
    private bool _hasPing;

    public void Append(IPacket packet)
    {
        lock (_lock)
        {
            packet.Encode(_pending);
            _hasPing |= packet.Type == PacketType.Pingreq;
        }

        writerWork.Set();
    }

    public void AppendAcknowledgement(ushort packetId)
    {
        lock (_lock)
        {
            PubackPacket.EncodeSuccess(_pending, packetId);
        }

        writerWork.Set();
    }

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
}
