namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>Variable byte integers: 7 bits per byte, lowest first, at most 4 bytes (MQTT 5, 1.5.5).</summary>
internal static class VarInt
{
    public const uint Maximum = 268_435_455;

    public const int MaximumLength = 4;

    public static int Length(uint value) => value switch
    {
        < 1u << 7 => 1,
        < 1u << 14 => 2,
        < 1u << 21 => 3,
        <= Maximum => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "A variable byte integer ends at 268435455."),
    };

    public static int Write(Span<byte> target, uint value)
    {
        var length = Length(value);
        for (var i = 0; i < length; i++)
        {
            target[i] = (byte)((value & 0x7f) | (i < length - 1 ? 0x80u : 0u));
            value >>= 7;
        }

        return length;
    }

    /// <returns>Bytes read; 0 when more are needed; -1 when no continuation can make it valid.</returns>
    public static int TryRead(ReadOnlySpan<byte> source, out uint value)
    {
        value = 0;
        for (var i = 0; i < MaximumLength; i++)
        {
            if (i == source.Length)
            {
                return 0;
            }

            value |= (source[i] & 0x7fu) << (7 * i);
            if ((source[i] & 0x80) == 0)
            {
                // The shortest form is demanded by [MQTT-1.5.5-1]: no trailing zero group.
                return i > 0 && source[i] == 0 ? -1 : i + 1;
            }
        }

        return -1;
    }
}
