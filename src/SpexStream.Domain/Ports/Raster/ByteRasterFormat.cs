using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Ports.Raster;

/// <summary>Shape of a product raster of one uint8 band.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Transform">Pixel to CRS; null without a georeference.</param>
/// <param name="Crs">Coordinate system; null when unknown.</param>
/// <param name="Nodata">Value that readers must treat as nodata; null for none.</param>
/// <param name="Padding">Value of the pixels of a block behind the right and lower edge; writers of blocks use the
/// same.</param>
public sealed record ByteRasterFormat(
    int Width, int Height, Affine? Transform, CoordinateSystem? Crs, byte? Nodata, byte Padding);
