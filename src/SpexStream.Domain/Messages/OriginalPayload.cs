using System.Security.Cryptography;

namespace SpexStream.Domain.Messages;

/// <summary>What is kept of a message that could not be used: enough to recognise it and to find its sender.</summary>
/// <param name="Topic">Topic it came on, printable ASCII.</param>
/// <param name="ContentType">Media type as given; null when none.</param>
/// <param name="SizeBytes">Size of the payload in bytes.</param>
/// <param name="Sha256">Lower-case hex digest of the payload.</param>
/// <param name="FirstBytes">The payload's head, at most <see cref="HeadLength"/> bytes.</param>
public sealed record OriginalPayload(
    string Topic, string? ContentType, long SizeBytes, string Sha256, ReadOnlyMemory<byte> FirstBytes)
{
    /// <summary>Bytes that are kept of a payload.</summary>
    public const int HeadLength = 256;

    private const int NameLength = 256;

    /// <summary>W3C trace context that it came with; null when absent or malformed. Told as an attribute of the letter,
    /// not in it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The traces of a received message. Reads the whole payload once; keeps a copy of its head.</summary>
    public static OriginalPayload Of(InboundMessage message) => new(
        Clean(message.Topic),
        message.ContentType is { } type ? Clean(type) : null,
        message.Payload.Length,
        Convert.ToHexStringLower(SHA256.HashData(message.Payload.Span)),
        message.Payload[..Math.Min(HeadLength, message.Payload.Length)].ToArray());

    private static string Clean(string text) =>
        string.Concat(text.Take(NameLength).Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
