using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Raster.Native;

namespace SpexStream.Raster;

/// <summary>Cuts whole rows out of a raster into a GeoTIFF of their own, samples and tags unchanged.</summary>
public static unsafe class StripCutter
{
    private const long BufferBytes = 32L << 20;

    /// <summary>Writes rows of a raster as an uncompressed GeoTIFF. The file appears under its name when it is
    /// whole.</summary>
    /// <param name="source">The raster; opened with any driver of the allow list.</param>
    /// <param name="row">First row.</param>
    /// <param name="height">Number of rows.</param>
    /// <param name="target">File to write; replaced if it is there, but left alone where it holds the very same:
    /// whoever was told of it may be reading.</param>
    /// <param name="options">How to open the raster.</param>
    /// <param name="withNodata">Whether the strip gets the raster's nodata tags.</param>
    /// <param name="cancellation">Ends the work between two blocks of rows; nothing is left behind.</param>
    /// <exception cref="RasterException">A file cannot be read or written.</exception>
    public static void Cut(
        string source, int row, int height, string target, RasterOptions options, bool withNodata = true,
        CancellationToken cancellation = default)
    {
        GdalLibrary.EnsureLoaded();
        RasterPaths.Check(source, options);
        using var input = GdalDataset.OpenRaster(source, options.AllowedDrivers);
        var aside = $"{target}.{Guid.NewGuid():N}";
        try
        {
            Write(input, row, height, aside, (source, target, withNodata), cancellation);
            if (!IsSame(aside, target))
            {
                File.Move(aside, target, overwrite: true);
            }
        }
        finally
        {
            // After a move nothing has this name any more.
            File.Delete(aside);
        }
    }

    private static bool IsSame(string left, string right)
    {
        if (!File.Exists(right) || new FileInfo(left).Length != new FileInfo(right).Length)
        {
            return false;
        }

        using var ours = File.OpenRead(left);
        using var theirs = File.OpenRead(right);
        return SHA256.HashData(ours).AsSpan().SequenceEqual(SHA256.HashData(theirs));
    }

    private static void Write(
        GdalDataset input, int row, int height, string aside, (string Source, string Target, bool WithNodata) options,
        CancellationToken cancellation)
    {
        var (width, bands) = (Gdal.Width(input.Handle), Gdal.BandCount(input.Handle));
        var type = Gdal.DataType(Gdal.Band(input.Handle, 1));
        using var output =
            GdalDataset.Create("GTiff", aside, width, height, bands, type, ["INTERLEAVE=BAND", "BIGTIFF=IF_SAFER"]);
        CopyTags(input.Handle, output.Handle, row, bands, options.WithNodata);
        var rows = (int)Math.Clamp(BufferBytes / ((long)width * bands * 8), 1, height);
        var buffer = NativeMemory.Alloc((nuint)((long)width * bands * 8 * rows));
        try
        {
            for (var done = 0; done < height; done += rows)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = Math.Min(rows, height - done);
                Transfer(input, Gdal.ReadFlag, new(0, row + done, width, count), buffer, type, bands, options.Source);
                Transfer(output, Gdal.WriteFlag, new(0, done, width, count), buffer, type, bands, options.Target);
            }
        }
        finally
        {
            NativeMemory.Free(buffer);
        }

        output.Finish(options.Target);
    }

    private static void CopyTags(nint input, nint output, int row, int bands, bool withNodata)
    {
        var six = stackalloc double[6];
        if (Gdal.GeoTransform(input, six) == 0)
        {
            var shifted = new Affine(six[0], six[1], six[2], six[3], six[4], six[5]).Shifted(0, row);
            (six[0], six[3]) = (shifted.OriginX, shifted.OriginY);
            _ = Gdal.SetGeoTransform(output, six);
        }

        if (Gdal.SpatialRef(input) is var reference and not 0)
        {
            _ = Gdal.SetSpatialRef(output, reference);
        }

        for (var band = 1; band <= bands; band++)
        {
            var (from, to) = (Gdal.Band(input, band), Gdal.Band(output, band));
            var nodata = Gdal.Nodata(from, out var has);
            if (has != 0 && withNodata)
            {
                _ = Gdal.SetNodata(to, nodata);
            }

            // What is not stated is 1 and 0; written down, it would still say nothing.
            var (scale, offset) = (Gdal.Scale(from, out var hasScale), Gdal.Offset(from, out var hasOffset));
            if (hasScale != 0 || hasOffset != 0)
            {
                _ = Gdal.SetScale(to, scale);
                _ = Gdal.SetOffset(to, offset);
            }

            Gdal.SetDescription(to, Cpl.Text(Gdal.Description(from)));
        }
    }

    private static void Transfer(
        GdalDataset dataset, int flag, PixelWindow window, void* buffer, int type, int bands, string path)
    {
        var numbers = stackalloc int[bands];
        for (var i = 0; i < bands; i++)
        {
            numbers[i] = i + 1;
        }

        Cpl.ErrorReset();
        var error = Gdal.DatasetRasterIO(
            dataset.Handle, flag, window.Column, window.Row, window.Width, window.Height, buffer, window.Width,
            window.Height, type, bands, numbers, 0, 0, 0, null);
        if (error != 0)
        {
            throw new RasterException(path, window, Cpl.LastError());
        }
    }
}
