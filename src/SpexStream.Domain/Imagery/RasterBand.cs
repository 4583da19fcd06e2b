namespace SpexStream.Domain.Imagery;

/// <summary>What a file says of one band.</summary>
/// <param name="Type">The type that holds every sample of the file without loss, if there is one.</param>
/// <param name="Nodata">The nodata tag; null when there is none.</param>
/// <param name="Scale">Scale to physical values; null when the file states none.</param>
/// <param name="Offset">Offset to physical values; null when the file states none.</param>
/// <param name="Name">Description of the band; empty when there is none.</param>
public sealed record RasterBand(PixelType Type, double? Nodata, double? Scale, double? Offset, string Name);
