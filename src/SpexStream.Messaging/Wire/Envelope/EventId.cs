using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>
/// Ids of events: the first 32 hex digits (128 bits) of a SHA-256 over type, key, revision, status and content, clock
/// fields apart. Who says the same twice says it under the same id.
/// </summary>
internal static class EventId
{
    private const int Digits = 32;

    /// <summary>An id that nothing has, to reckon with: all are as long.</summary>
    public static string Any { get; } = new('0', Digits);

    public static string Of(EventHeader header, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Encoding.UTF8.GetBytes(header.Type));
        Append(hash, Encoding.UTF8.GetBytes(header.DataId.Value));
        Append(hash, Encoding.UTF8.GetBytes(header.Revision?.ToString(CultureInfo.InvariantCulture) ?? ""));
        Append(hash, Encoding.UTF8.GetBytes(header.Status?.Slug() ?? ""));
        Append(hash, content);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
    }

    // The length in front keeps two different lists of parts from giving the same bytes.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
