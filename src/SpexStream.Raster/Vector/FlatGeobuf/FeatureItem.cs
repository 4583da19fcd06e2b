namespace SpexStream.Raster.Vector.FlatGeobuf;

/// <summary>A feature in the spool.</summary>
/// <param name="Order">Its place in the order in which features were meant to come.</param>
/// <param name="Box">Its envelope; empty without geometry.</param>
/// <param name="Offset">Where it lies in the spool.</param>
/// <param name="Bytes">Its size with the size prefix.</param>
internal readonly record struct FeatureItem(long Order, Envelope Box, long Offset, long Bytes);
