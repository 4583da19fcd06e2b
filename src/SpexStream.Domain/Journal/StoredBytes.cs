namespace SpexStream.Domain.Journal;

/// <summary>Where bytes lie in a scene's work folder. They are believed only when their digest agrees.</summary>
/// <param name="File">Name of the file inside of the folder.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="Digest">Algorithm and lower-case hex, joined by a colon ("sha256:...").</param>
public sealed record StoredBytes(string File, long Offset, long Length, string Digest);
