using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Raster.Cog;
using SpexStream.Raster.Native;

namespace SpexStream.Raster;

/// <summary>Product rasters: our own COG writer (several times as fast as GDAL's on masks), GDAL's PNG
/// driver.</summary>
public sealed class GdalByteRasterWriters : IByteRasterWriters
{
    private const long BlockMemoryBudgetBytes = 24L << 20;

    /// <summary>Loads GDAL, if that was not done yet.</summary>
    public GdalByteRasterWriters() => GdalLibrary.EnsureLoaded();

    /// <inheritdoc/>
    public IByteRasterWriter CreateCog(string path, ByteRasterFormat format) =>
        new CogWriter(path, format, BlockMemoryBudgetBytes);

    /// <inheritdoc/>
    public unsafe void WritePng(string path, int width, int height, ReadOnlySpan<byte> rgb)
    {
        if (rgb.Length != width * height * 3)
        {
            throw new ArgumentException("Three bytes a pixel are needed.", nameof(rgb));
        }

        using var memory = GdalDataset.Create("MEM", path, width, height, 3, GdalPixelTypes.Byte, []);
        var bands = stackalloc int[] { 1, 2, 3 };
        fixed (byte* pixels = rgb)
        {
            Cpl.ErrorReset();
            var error = Gdal.DatasetRasterIO(
                memory.Handle, Gdal.WriteFlag, 0, 0, width, height, pixels, width, height, GdalPixelTypes.Byte, 3,
                bands,
                3, width * 3L, 1, null);
            if (error != 0)
            {
                throw new RasterException(path, null, Cpl.LastError());
            }
        }

        var png = Gdal.CreateCopy(Gdal.DriverByName("PNG"), path, memory.Handle, 0, null, 0, 0);
        if (png == 0)
        {
            throw new RasterException(path, null, Cpl.LastError());
        }

        new GdalDataset(png).Dispose();
    }
}
