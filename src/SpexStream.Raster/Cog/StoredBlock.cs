namespace SpexStream.Raster.Cog;

/// <summary>A compressed block: in memory, or at an offset of the spool file when <paramref name="Bytes"/> is
/// null.</summary>
internal readonly record struct StoredBlock(byte[]? Bytes, long Offset, int Length);
