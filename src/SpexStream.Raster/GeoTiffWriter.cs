using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Raster.Native;

namespace SpexStream.Raster;

/// <summary>Writes rasters that lie in memory as plain GeoTIFF files.</summary>
public static unsafe class GeoTiffWriter
{
    /// <summary>Writes bands that follow each other in memory, each row by row. The file appears under its name when it
    /// is whole.</summary>
    /// <typeparam name="T">byte or ushort.</typeparam>
    /// <exception cref="RasterException">The file cannot be written.</exception>
    public static void Write<T>(
        string path, int width, int height, ReadOnlySpan<T> samples, Affine transform, CoordinateSystem crs,
            double? nodata)
        where T : unmanaged
    {
        GdalLibrary.EnsureLoaded();
        var bands = samples.Length / (width * height);
        if (bands < 1 || samples.Length != bands * width * height)
        {
            throw new ArgumentException("The samples are not a whole number of bands.", nameof(samples));
        }

        var type = GdalPixelTypes.ToGdal(typeof(T) == typeof(byte) ? PixelType.UInt8
            : typeof(T) == typeof(ushort) ? PixelType.UInt16
            : throw new ArgumentException($"{typeof(T).Name} samples are not written.", nameof(samples)));
        var aside = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using var dataset = GdalDataset.Create("GTiff", aside, width, height, bands, type, ["INTERLEAVE=BAND"]);
            SetTags(dataset.Handle, transform, crs, nodata, bands);
            var numbers = stackalloc int[bands];
            for (var i = 0; i < bands; i++)
            {
                numbers[i] = i + 1;
            }

            fixed (T* first = &MemoryMarshal.GetReference(samples))
            {
                Cpl.ErrorReset();
                var error = Gdal.DatasetRasterIO(
                    dataset.Handle, Gdal.WriteFlag, 0, 0, width, height, first, width, height, type, bands, numbers, 0,
                        0, 0, null);
                if (error != 0)
                {
                    throw new RasterException(path, null, Cpl.LastError());
                }
            }

            dataset.Finish(path);
            File.Move(aside, path, overwrite: true);
        }
        finally
        {
            // After the move nothing has this name any more.
            File.Delete(aside);
        }
    }

    private static void SetTags(nint dataset, Affine transform, CoordinateSystem crs, double? nodata, int bands)
    {
        var six = stackalloc double[6]
        {
            transform.OriginX, transform.ColumnX, transform.RowX, transform.OriginY, transform.ColumnY, transform.RowY,
        };
        _ = Gdal.SetGeoTransform(dataset, six);
        var reference = SpatialReferences.Create(crs.Wkt);
        _ = Gdal.SetSpatialRef(dataset, reference);
        Osr.Destroy(reference);
        for (var band = 1; nodata is { } value && band <= bands; band++)
        {
            _ = Gdal.SetNodata(Gdal.Band(dataset, band), value);
        }
    }
}
