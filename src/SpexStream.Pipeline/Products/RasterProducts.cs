using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Products;

/// <summary>Writes the rasters of a scene: masks, validity, confidence, diagnostics.</summary>
internal sealed class RasterProducts(
    IByteRasterWriters writers, AssemblyTask task, ITileResults tiles, SceneRegions regions, ProductFolder folder)
{
    private const byte NoValue = 255;
    private readonly SceneSpec _scene = task.Scene;
    private readonly ProcessingOptions _options = task.Workshop.Options;

    public void Write()
    {
        if (_options.Products.HasFlag(ProductKinds.Masks))
        {
            foreach (var value in _options.Classes)
            {
                WriteRaster($"{value.Slug()}.tif", ProductFileKind.Mask, value, NewMaskPainter(value));
            }

            WriteRaster("validity.tif", ProductFileKind.Validity, null, NewValidityPainter, CoverCode.Nodata);
        }

        var planes = task.Workshop.Planes;
        for (var i = 0; i < planes.Confidence.Length; i++)
        {
            var value = planes.Confidence[i];
            WriteRaster($"{value.Slug()}-confidence.tif", ProductFileKind.Confidence, value, NewPlanePainter(i));
        }

        if (planes.HasDiagnostics)
        {
            WriteRaster(
                "diagnostics.tif", ProductFileKind.Diagnostics, null, NewPlanePainter(planes.Confidence.Length), null);
        }
    }

    private void WriteRaster(
        string name, ProductFileKind kind, LandCoverClass? value, Func<PaintPart> newPainter, byte? nodata = NoValue)
    {
        var format = new ByteRasterFormat(
            task.Grid.Width, task.Grid.Height, _scene.Transform, _scene.Crs, nodata, nodata ?? 0);
        using var writer = writers.CreateCog(folder.PathOf(name), format);
        BlockPainter.Paint(task.Grid, writer, format.Padding, _options.AssemblyThreads, newPainter);
        writer.Complete();
        folder.Add(name, kind, value);
    }

    private Func<PaintPart> NewMaskPainter(LandCoverClass value) => () =>
    {
        var painter = new MaskPainter(regions.Of(value));
        var (current, index) = ((TileResult?)null, default(TileIndex));
        return (tile, part, target, stride) =>
        {
            if (current is null || index != tile)
            {
                (current, index) = (tiles.Read(tile), tile);
            }

            painter.Paint(current, part, target, stride);
        };
    };

    private PaintPart NewValidityPainter()
    {
        var table = new byte[256];
        for (var code = 0; code < table.Length; code++)
        {
            // Where there is an answer, the reason is 0.
            table[code] = code >= CoverCode.FirstReason ? (byte)code : (byte)0;
        }

        return (tile, part, target, stride) => tiles.Read(tile).Runs.Fill(part, table, target, stride);
    }

    private Func<PaintPart> NewPlanePainter(int plane) => () =>
    {
        var unpacked = new byte[task.Grid.TileSize * task.Grid.TileSize];
        TileIndex? current = null;
        return (tile, part, target, stride) =>
        {
            var core = task.Grid.Core(tile);
            if (current != tile)
            {
                PlaneCodec.Unpack(task.Tiles.ReadPlane(tile, plane), unpacked.AsSpan(0, core.Width * core.Height));
                current = tile;
            }

            for (var row = 0; row < part.Height; row++)
            {
                unpacked.AsSpan(((part.Row + row) * core.Width) + part.Column, part.Width)
                    .CopyTo(target[(row * stride)..]);
            }
        };
    };
}
