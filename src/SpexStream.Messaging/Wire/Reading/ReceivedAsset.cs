using SpexStream.Domain.Announcements;

namespace SpexStream.Messaging.Wire.Reading;

/// <summary>One file of a received product; size and checksum are null where the message has none.</summary>
public sealed record ReceivedAsset(string Href, string? MediaType, long? SizeBytes, ContentChecksum? Checksum);
