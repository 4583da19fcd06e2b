using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Imagery;

/// <summary>The header of a raster file.</summary>
public sealed record RasterInfo
{
    /// <summary>The file, as it was opened.</summary>
    public required string Path { get; init; }

    /// <summary>Short name of the driver that reads it ("GTiff").</summary>
    public required string Driver { get; init; }

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Bands in file order.</summary>
    public required ImmutableArray<RasterBand> Bands { get; init; }

    /// <summary>Pixel to CRS; null when the file has no geotransform.</summary>
    public required Affine? Transform { get; init; }

    /// <summary>The coordinate system; null when the file names none.</summary>
    public required CoordinateSystem? Crs { get; init; }

    /// <summary>Width of the blocks that the file stores, in pixels.</summary>
    public required int BlockWidth { get; init; }

    /// <summary>Height of the blocks that the file stores, in pixels.</summary>
    public required int BlockHeight { get; init; }

    /// <summary>The one type that holds the samples of all bands.</summary>
    public PixelType Type
    {
        get
        {
            var first = Bands[0].Type;
            return Bands.All(band => band.Type == first) ? first : PixelType.Float32;
        }
    }

    /// <summary>All pixels as a window.</summary>
    public PixelWindow Bounds => new(0, 0, Width, Height);
}
