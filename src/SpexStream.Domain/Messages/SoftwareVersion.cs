namespace SpexStream.Domain.Messages;

/// <summary>One entry of <c>processing:software</c>.</summary>
public sealed record SoftwareVersion(string Name, string Version);
