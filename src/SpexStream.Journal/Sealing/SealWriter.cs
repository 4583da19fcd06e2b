using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SpexStream.Journal.Sealing;

/// <summary>Takes a digest over values of several types, each with its length, so that no two lists look alike. For one
/// thread; starts anew after each digest.</summary>
internal sealed class SealWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    public SealWriter Add(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
        return this;
    }

    /// <summary>A number that may be missing.</summary>
    public SealWriter Add(long? value) => value is { } number ? Add(1L).Add(number) : Add(0L);

    /// <summary>A text that may be missing.</summary>
    public SealWriter Add(string? text)
    {
        if (text is null)
        {
            return Add(-1L);
        }

        Add((long)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _bytes);
        return this;
    }

    public SealWriter Add(ReadOnlySpan<byte> bytes)
    {
        Add((long)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>SHA-256 of what was added.</summary>
    public byte[] Digest()
    {
        var digest = SHA256.HashData(_bytes.WrittenSpan);
        _bytes.ResetWrittenCount();
        return digest;
    }

    /// <summary>The first 64 bits of the digest: enough to tell damage, not malice.</summary>
    public long Seal() => BinaryPrimitives.ReadInt64LittleEndian(Digest());
}
