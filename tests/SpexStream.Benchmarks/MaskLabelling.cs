using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;

namespace SpexStream.Benchmarks;

/// <summary>Labels a mask of 0 and 1 as the pipeline labels a class, on one thread, with the pixels' sums.</summary>
internal sealed unsafe class MaskLabelling : ITileResults, IDisposable
{
    private const int Tile = 512;
    private const long MemoryBytes = 96L << 20;
    private static readonly ImmutableArray<LandCoverClass> Classes = [LandCoverClass.Water];

    private readonly byte[] _mask;
    private readonly TileEvidence _evidence = new(Tile);
    private readonly TileLabeller _labeller;
    private readonly Dictionary<TileIndex, TileResult> _results = [];

    public MaskLabelling(byte[] mask, int side)
    {
        (_mask, Grid) = (mask, new TileGrid(side, side, Tile, 0));
        _labeller = new TileLabeller(Grid, Classes, []);
        for (var row = 0; row < Tile; row++)
        {
            new Span<byte>(_evidence.Seeds(row), Tile).Clear();
            new Span<byte>(_evidence.Confidence(LandCoverClass.Water, row), Tile).Fill(100);
        }
    }

    /// <summary>Its tiles.</summary>
    public TileGrid Grid { get; }

    /// <summary>The regions of the mask; the caller disposes them.</summary>
    public SceneRegions Label()
    {
        using var labeller = new SceneLabeller(
            Grid,
            new Dictionary<LandCoverClass, RegionFilter> { [LandCoverClass.Water] = RegionFilter.KeepAll },
            new SpillStore(Path.GetTempPath(), MemoryBytes));
        for (var row = 0; row < Grid.Rows; row++)
        {
            labeller.AddRow([.. Grid.Row(row).Select(LabelTile)]);
        }

        return labeller.Complete();
    }

    public TileResult Read(TileIndex tile) => _results[tile];

    public void Dispose() => _evidence.Dispose();

    private TileResult LabelTile(TileIndex tile)
    {
        var core = Grid.Core(tile);
        _evidence.Begin(core);
        for (var row = 0; row < core.Height; row++)
        {
            _mask.AsSpan(((core.Row + row) * Grid.Width) + core.Column, core.Width)
                .CopyTo(new Span<byte>(_evidence.Codes(row), core.Width));
        }

        return _results[tile] = _labeller.Label(tile, _evidence);
    }
}
