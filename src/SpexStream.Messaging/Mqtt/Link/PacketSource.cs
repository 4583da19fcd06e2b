using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>
/// Cuts a stream into packets. Headers and small packets go through one buffer; a payload goes from the stream straight
/// into its own array. What a packet claims to be never makes us allocate more than the limits. One reader at a time.
/// </summary>
internal sealed class PacketSource(Stream stream, int maximumPacketBytes, Action onRead)
{
    /// <summary>Longest header or packet other than a message. Sixteen full user properties would be 2 MiB; real ones
    /// have a few hundred bytes.</summary>
    public const int MaximumControlBytes = 1 << 20;

    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;

    private ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start.._end);

    public async ValueTask<FixedHeader> ReadHeaderAsync(CancellationToken cancellation)
    {
        FixedHeader header;
        while (!FixedHeader.TryRead(Buffered, out header))
        {
            await FillAsync(Buffered.Length + 1, cancellation).ConfigureAwait(false);
        }

        if (header.PacketLength > maximumPacketBytes)
        {
            throw new MqttProtocolException(
                MqttReasonCode.PacketTooLarge,
                $"The broker sent {header.PacketLength} bytes in one packet, {maximumPacketBytes} were agreed.");
        }

        _start += header.Length;
        return header;
    }

    /// <summary>Reads a packet other than a message.</summary>
    public async ValueTask<IPacket> ReadControlAsync(FixedHeader header, CancellationToken cancellation)
    {
        await FillAsync(header.RemainingLength, cancellation).ConfigureAwait(false);
        var packet = PacketCodec.Decode(header, Buffered[..header.RemainingLength]);
        _start += header.RemainingLength;
        return packet;
    }

    /// <summary>Reads a message up to its payload, which <see cref="ReadPayloadAsync"/> must read next.</summary>
    public async ValueTask<PublishPacket> ReadPublishAsync(FixedHeader header, CancellationToken cancellation)
    {
        long length;
        while ((length = PublishPacket.MeasureHeader(header, Window(header))) < 0)
        {
            CheckInside(header, -length);
            await FillAsync((int)-length, cancellation).ConfigureAwait(false);
        }

        CheckInside(header, length);
        await FillAsync((int)length, cancellation).ConfigureAwait(false);
        var packet = PublishPacket.Decode(header, Buffered[..(int)length]);
        _start += (int)length;
        return packet;
    }

    /// <summary>Reads exactly the payload.</summary>
    public async ValueTask ReadPayloadAsync(Memory<byte> payload, CancellationToken cancellation)
    {
        var ready = Math.Min(payload.Length, _end - _start);
        Buffered[..ready].CopyTo(payload.Span);
        _start += ready;
        for (var rest = payload[ready..]; rest.Length > 0;)
        {
            rest = rest[await ReadSomeAsync(rest, cancellation).ConfigureAwait(false)..];
        }
    }

    private ReadOnlySpan<byte> Window(FixedHeader header) =>
        Buffered[..Math.Min(Buffered.Length, header.RemainingLength)];

    private static void CheckInside(FixedHeader header, long length)
    {
        if (length > header.RemainingLength)
        {
            throw Malformed.Packet("A message ends before its header does.");
        }
    }

    private async ValueTask FillAsync(int count, CancellationToken cancellation)
    {
        if (count > MaximumControlBytes)
        {
            throw new MqttProtocolException(
                MqttReasonCode.PacketTooLarge, $"A header of {count} bytes; {MaximumControlBytes} are accepted.");
        }

        if (count > _buffer.Length - _start)
        {
            MakeRoom(count);
        }

        while (_end - _start < count)
        {
            _end += await ReadSomeAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
        }
    }

    private void MakeRoom(int count)
    {
        var target = count > _buffer.Length ? new byte[Math.Max(count, 2 * _buffer.Length)] : _buffer;
        Buffered.CopyTo(target);
        (_buffer, _start, _end) = (target, 0, _end - _start);
    }

    private async ValueTask<int> ReadSomeAsync(Memory<byte> target, CancellationToken cancellation)
    {
        var count = await stream.ReadAsync(target, cancellation).ConfigureAwait(false);
        if (count == 0)
        {
            throw new LinkLostException("The broker closed the network connection");
        }

        onRead();
        return count;
    }
}
