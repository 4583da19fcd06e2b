using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Raster.Native;

namespace SpexStream.Raster.Cog;

/// <summary>
/// The GeoTIFF tags (OGC 19-008r4) of a grid. GDAL writes them into a one-pixel file in memory and we copy them from
/// there: so every coordinate system that GDAL can write, we can.
/// </summary>
internal static unsafe class GeoTags
{
    private static readonly HashSet<int> Wanted = [33550, 33922, 34264, 34735, 34736, 34737];

    /// <summary>The tags; empty without a georeference.</summary>
    public static IReadOnlyList<TiffTag> For(Affine? transform, CoordinateSystem? crs)
    {
        if (transform is null && crs is null)
        {
            return [];
        }

        var path = $"/vsimem/spexstream-{Guid.NewGuid():N}.tif";
        using (var dataset = GdalDataset.Create("GTiff", path, 1, 1, 1, GdalPixelTypes.Byte, []))
        {
            if (crs is not null)
            {
                var reference = SpatialReferences.Create(crs.Wkt);
                _ = Gdal.SetSpatialRef(dataset.Handle, reference);
                Osr.Destroy(reference);
            }

            if (transform is { } t)
            {
                var six = stackalloc double[6] { t.OriginX, t.ColumnX, t.RowX, t.OriginY, t.ColumnY, t.RowY };
                _ = Gdal.SetGeoTransform(dataset.Handle, six);
            }
        }

        var bytes = Cpl.MemoryFile(path, out var length, 0);
        try
        {
            return TiffTagReader.Read(new ReadOnlySpan<byte>(bytes, checked((int)length)), Wanted);
        }
        finally
        {
            _ = Cpl.Unlink(path);
        }
    }
}
