using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Raster.Native;

namespace SpexStream.Raster;

/// <summary>One dataset handle; used by one thread at a time.</summary>
internal sealed unsafe class GdalRasterReader : IRasterReader
{
    private readonly GdalDataset _dataset;

    public GdalRasterReader(GdalDataset dataset, string path, long maxBlockBytes)
    {
        _dataset = dataset;
        try
        {
            Info = RasterHeader.Read(dataset, path, maxBlockBytes);
        }
        catch
        {
            // The handle is ours from here on; the caller never sees it when the header is refused.
            dataset.Dispose();
            throw;
        }
    }

    public RasterInfo Info { get; }

    public void Read(PixelWindow window, ImmutableArray<int> bands, PixelPlanes target, int column, int row)
    {
        if (!Info.Bounds.Contains(window))
        {
            throw new RasterException(
                Info.Path, window, $"the window is not inside of {Info.Width}x{Info.Height} pixels.");
        }

        if (bands.Length != target.Bands || column < 0 || row < 0
            || column + window.Width > target.Window.Width || row + window.Height > target.Window.Height)
        {
            throw new ArgumentException("The window does not fit into the planes.", nameof(target));
        }

        var size = target.Type.ByteSize();
        var first = (byte*)target.Row(0, row) + ((long)column * size);
        var bandSpace = target.Bands > 1 ? (byte*)target.Row(1, 0) - (byte*)target.Row(0, 0) : 0;
        var numbers = stackalloc int[bands.Length];
        for (var i = 0; i < bands.Length; i++)
        {
            numbers[i] = bands[i] + 1;
        }

        Cpl.ErrorReset();
        var error = Gdal.DatasetRasterIO(
            _dataset.Handle, Gdal.ReadFlag, window.Column, window.Row, window.Width, window.Height, first,
            window.Width, window.Height, GdalPixelTypes.ToGdal(target.Type), bands.Length, numbers, size,
            (long)target.Stride * size, bandSpace, null);
        if (error != 0)
        {
            throw new RasterException(Info.Path, window, Cpl.LastError());
        }
    }

    public void Dispose() => _dataset.Dispose();
}
