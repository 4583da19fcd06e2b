using System.Security.Cryptography;

namespace SpexStream.Domain.Announcements;

/// <summary>
/// A digest of a file's bytes. Written as the STAC file extension v2.1.0 wants it: a multihash in lower-case hex.
/// </summary>
public sealed record ContentChecksum
{
    private const string Sha256Prefix = "1220";
    private const string Sha512Prefix = "1340";

    private ContentChecksum(HashKind kind, string hex) => (Kind, Hex) = (kind, hex);

    /// <summary>The digest's algorithm.</summary>
    public HashKind Kind { get; }

    /// <summary>The digest alone in lower-case hex, without multihash prefix.</summary>
    public string Hex { get; }

    /// <summary>Multihash in lower-case hex, for <c>file:checksum</c>.</summary>
    public string Multihash => (Kind == HashKind.Sha256 ? Sha256Prefix : Sha512Prefix) + Hex;

    /// <summary>Wraps a digest.</summary>
    /// <exception cref="ArgumentException">The digest has not the length of its kind.</exception>
    public static ContentChecksum Of(HashKind kind, ReadOnlySpan<byte> digest) =>
        digest.Length == Length(kind)
            ? new(kind, Convert.ToHexStringLower(digest))
            : throw new ArgumentException($"{kind} has {Length(kind)} bytes, not {digest.Length}.", nameof(digest));

    /// <summary>Digests bytes in memory.</summary>
    public static ContentChecksum Compute(HashKind kind, ReadOnlySpan<byte> content) =>
        Of(kind, kind == HashKind.Sha256 ? SHA256.HashData(content) : SHA512.HashData(content));

    /// <summary>
    /// Reads a checksum: multihash in hex; leniently also a plain SHA-256 in hex, or in base64 as the WIS2
    /// notification message has it.
    /// </summary>
    public static bool TryParse(string text, out ContentChecksum? checksum)
    {
        checksum = text.Length switch
        {
            68 when text.StartsWith(Sha256Prefix, StringComparison.Ordinal) => FromHex(HashKind.Sha256, text[4..]),
            132 when text.StartsWith(Sha512Prefix, StringComparison.Ordinal) => FromHex(HashKind.Sha512, text[4..]),
            64 => FromHex(HashKind.Sha256, text),
            44 => FromBase64(text),
            _ => null,
        };
        return checksum is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Multihash;

    private static int Length(HashKind kind) => kind == HashKind.Sha256 ? 32 : 64;

    private static ContentChecksum? FromHex(HashKind kind, string text) =>
        text.All(char.IsAsciiHexDigit) ? new(kind, text.ToLowerInvariant()) : null;

    private static ContentChecksum? FromBase64(string text)
    {
        Span<byte> digest = stackalloc byte[33];
        return Convert.TryFromBase64String(text, digest, out var written) && written == 32
            ? Of(HashKind.Sha256, digest[..32])
            : null;
    }
}
