using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Journal;

/// <summary>The header of a strip's file without what its scene says already (the coordinate system is the
/// scene's).</summary>
/// <param name="Driver">Short name of the driver that reads it ("GTiff").</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Rows.</param>
/// <param name="Bands">Bands in file order.</param>
/// <param name="Transform">Pixel of the file to CRS; null when it has no geotransform.</param>
/// <param name="BlockWidth">Width of the blocks that the file stores, in pixels.</param>
/// <param name="BlockHeight">Height of the blocks that the file stores, in pixels.</param>
public sealed record StripHeader(
    string Driver, int Width, int Height, ImmutableArray<RasterBand> Bands, Affine? Transform, int BlockWidth,
    int BlockHeight)
{
    /// <summary>What of a file's header has to be kept.</summary>
    public static StripHeader Of(RasterInfo info) =>
        new(info.Driver, info.Width, info.Height, info.Bands, info.Transform, info.BlockWidth, info.BlockHeight);

    /// <summary>The whole header of the file at a path.</summary>
    public RasterInfo Info(string path, CoordinateSystem? crs) => new()
    {
        Path = path,
        Driver = Driver,
        Width = Width,
        Height = Height,
        Bands = Bands,
        Transform = Transform,
        Crs = crs,
        BlockWidth = BlockWidth,
        BlockHeight = BlockHeight,
    };
}
