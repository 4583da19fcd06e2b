using SpexStream.Domain.Grid;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Regions;

namespace SpexStream.Pipeline.Products;

/// <summary>Paints a part of a tile into a block.</summary>
/// <param name="tile">The tile.</param>
/// <param name="part">The part, in pixels of the tile.</param>
/// <param name="target">Where to, rows <paramref name="stride"/> apart.</param>
/// <param name="stride">Bytes from row to row.</param>
internal delegate void PaintPart(TileIndex tile, PixelWindow part, Span<byte> target, int stride);

/// <summary>Cuts a scene's tiles into the blocks of a product raster, several rows of blocks at once.</summary>
internal static class BlockPainter
{
    /// <summary>Writes every block of a raster.</summary>
    /// <param name="grid">The scene's tiles.</param>
    /// <param name="writer">Takes the blocks; not completed here.</param>
    /// <param name="padding">Value behind the right and lower edge.</param>
    /// <param name="threads">Threads at work.</param>
    /// <param name="newPainter">Makes the painter of one thread.</param>
    public static void Paint(
        TileGrid grid, IByteRasterWriter writer, byte padding, int threads, Func<PaintPart> newPainter)
    {
        var size = writer.BlockSize;
        var blockRows = (grid.Height + size - 1) / size;
        var blockColumns = (grid.Width + size - 1) / size;
        Parallel.For(
            0,
            blockRows,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => (Painter: newPainter(), Block: new byte[size * size]),
            (row, _, local) =>
            {
                for (var column = 0; column < blockColumns; column++)
                {
                    Fill(grid, new PixelWindow(column * size, row * size, size, size), padding, local.Painter,
                        local.Block);
                    writer.Write(column, row, local.Block);
                }

                return local;
            },
            _ => { });
    }

    private static void Fill(TileGrid grid, PixelWindow block, byte padding, PaintPart paint, Span<byte> target)
    {
        var inside = block.Intersect(grid.Bounds);
        if (inside != block)
        {
            target.Fill(padding);
        }

        for (var tileRow = inside.Row / grid.TileSize; tileRow * grid.TileSize < inside.Bottom; tileRow++)
        {
            for (var column = inside.Column / grid.TileSize; column * grid.TileSize < inside.Right; column++)
            {
                var tile = new TileIndex(column, tileRow);
                var core = grid.Core(tile);
                var part = core.Intersect(inside);
                var start = ((part.Row - block.Row) * block.Width) + part.Column - block.Column;
                paint(
                    tile, part with { Column = part.Column - core.Column, Row = part.Row - core.Row }, target[start..],
                        block.Width);
            }
        }
    }
}
