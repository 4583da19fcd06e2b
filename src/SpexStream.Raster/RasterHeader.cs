using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Raster.Native;

namespace SpexStream.Raster;

/// <summary>Reads what a dataset says of itself.</summary>
internal static unsafe class RasterHeader
{
    public static RasterInfo Read(GdalDataset dataset, string path, long maxBlockBytes)
    {
        var handle = dataset.Handle;
        var count = Gdal.BandCount(handle);
        if (count < 1)
        {
            throw new RasterException(path, null, "the file has no raster band.");
        }

        var bands = ImmutableArray.CreateBuilder<RasterBand>(count);
        for (var band = 1; band <= count; band++)
        {
            bands.Add(Band(Gdal.Band(handle, band), path, band));
        }

        Gdal.BlockSize(Gdal.Band(handle, 1), out var blockWidth, out var blockHeight);
        var blockBytes = (long)blockWidth * blockHeight * bands[0].Type.ByteSize();
        if (blockBytes > maxBlockBytes)
        {
            throw new RasterException(
                path, null,
                $"its blocks of {blockWidth} x {blockHeight} pixels take {blockBytes >> 20} MiB each, {maxBlockBytes >> 20} MiB are allowed; "
                + "write it in tiles of 256 or 512 pixels.");
        }

        return new RasterInfo
        {
            Path = path,
            Driver = Cpl.Text(Gdal.DriverShortName(Gdal.DatasetDriver(handle))),
            Width = Gdal.Width(handle),
            Height = Gdal.Height(handle),
            Bands = bands.MoveToImmutable(),
            Transform = Transform(handle),
            Crs = SpatialReferences.Describe(Gdal.SpatialRef(handle)),
            BlockWidth = blockWidth,
            BlockHeight = blockHeight,
        };
    }

    private static RasterBand Band(nint band, string path, int number)
    {
        var type = GdalPixelTypes.FromGdal(Gdal.DataType(band))
            ?? throw new RasterException(
                path, null, $"band {number} holds complex numbers; give a file of real samples.");
        var nodata = Gdal.Nodata(band, out var hasNodata);
        var scale = Gdal.Scale(band, out var hasScale);
        var offset = Gdal.Offset(band, out var hasOffset);
        // Drivers answer 1 and 0 when the file says nothing; only other values are a statement.
        var stated = (hasScale != 0 || hasOffset != 0) && (scale != 1 || offset != 0);
        return new RasterBand(
            type,
            hasNodata != 0 ? nodata : null,
            stated ? scale : null,
            stated ? offset : null,
            Cpl.Text(Gdal.Description(band)));
    }

    private static Affine? Transform(nint dataset)
    {
        var six = stackalloc double[6];
        return Gdal.GeoTransform(dataset, six) == 0
            ? new Affine(six[0], six[1], six[2], six[3], six[4], six[5])
            : null;
    }
}
