namespace SpexStream.Domain.Ports.Raster;

/// <summary>Creates writers of product rasters. Safe for use from several threads.</summary>
public interface IByteRasterWriters
{
    /// <summary>Creates a writer of a cloud-optimized GeoTIFF; the caller disposes it.</summary>
    IByteRasterWriter CreateCog(string path, ByteRasterFormat format);

    /// <summary>Writes a small picture as PNG: red, green, blue interleaved, 8 bits each, row by row.</summary>
    /// <exception cref="Imagery.RasterException">It cannot be written.</exception>
    void WritePng(string path, int width, int height, ReadOnlySpan<byte> rgb);
}
