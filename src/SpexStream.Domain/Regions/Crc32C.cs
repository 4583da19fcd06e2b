using System.Buffers.Binary;
using System.Numerics;

namespace SpexStream.Domain.Regions;

/// <summary>CRC-32C (Castagnoli, RFC 3720 section 12.1) of bytes, by the processor's own instruction where it has
/// one.</summary>
public static class Crc32C
{
    /// <summary>The checksum of all bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
