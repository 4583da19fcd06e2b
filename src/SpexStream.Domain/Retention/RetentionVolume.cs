namespace SpexStream.Domain.Retention;

/// <summary>A file system that things lie on.</summary>
/// <param name="Name">Name, unique among the volumes.</param>
/// <param name="FreeBytes">Bytes free at present.</param>
public sealed record RetentionVolume(string Name, long FreeBytes);
