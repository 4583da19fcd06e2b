using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Writes blocks of a published class mask from tile results; pixels of dropped regions become <see
/// cref="MaskCode.No"/>, which is 0. One
/// thread at a time.
/// </summary>
public sealed class MaskPainter
{
    private readonly ClassRegions _regions;
    private readonly byte[] _table = new byte[256];
    private TileResult? _tile;
    private bool[] _kept = [];
    private bool _dropsAny;

    /// <summary>Creates a painter for one class of a completed scene.</summary>
    public MaskPainter(ClassRegions regions)
    {
        _regions = regions;
        for (var code = 0; code < _table.Length; code++)
        {
            _table[code] = CoverCode.ToMask((byte)code, regions.Class);
        }
    }

    /// <summary>Paints a part of one tile. Several blocks of one tile in a row cost its look-up only once.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="block">The part, in pixels of the tile.</param>
    /// <param name="target">Receives <see cref="MaskCode"/> bytes, rows <paramref name="stride"/> apart.</param>
    /// <param name="stride">Bytes from row to row.</param>
    public void Paint(TileResult tile, PixelWindow block, Span<byte> target, int stride)
    {
        tile.Runs.Fill(block, _table, target, stride);
        var labels = tile.Of(_regions.Class);
        if (!ReferenceEquals(tile, _tile))
        {
            _tile = tile;
            _kept = _kept.Length >= labels.Count ? _kept : new bool[labels.Count];
            _regions.FindKept(tile.Tile, _kept.AsSpan(0, labels.Count));
            _dropsAny = _kept.AsSpan(0, labels.Count).Contains(false);
        }

        for (var y = 0; _dropsAny && y < block.Height; y++)
        {
            EraseRow(tile, labels, block, y, target.Slice(y * stride, block.Width));
        }
    }

    private void EraseRow(TileResult tile, TileLabels labels, PixelWindow block, int y, Span<byte> target)
    {
        var run = labels.RowFirst[block.Row + y];
        for (var reader = new ClassRunReader(tile.Runs, block.Row + y, labels.Class); reader.MoveNext(); run++)
        {
            var start = Math.Max(reader.Start - block.Column, 0);
            var end = Math.Min(reader.End - block.Column, block.Width);
            if (start < end && !_kept[labels.Components[run]])
            {
                target[start..end].Clear();
            }
        }
    }
}
