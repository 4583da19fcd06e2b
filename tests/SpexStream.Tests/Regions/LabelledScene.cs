using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;

namespace SpexStream.Tests.Regions;

/// <summary>A mask that went the whole way: tile by tile through the labeller, joined and gathered.</summary>
internal sealed class LabelledScene : ITileResults, IDisposable
{
    public static readonly ImmutableArray<IndexKind> Indices = [IndexKind.Ndwi, IndexKind.Ndbi];

    public static readonly ImmutableArray<LandCoverClass> Classes = [LandCoverClass.Water, LandCoverClass.Vegetation];

    private readonly Dictionary<TileIndex, TileResult> _tiles = [];

    public LabelledScene(Mask mask, int tileSize, RegionFilter? filter = null, long memoryBytes = long.MaxValue)
    {
        Grid = new(mask.Width, mask.Height, tileSize, 0);
        var store = new SpillStore(Path.GetTempPath(), memoryBytes);
        using var labeller = new SceneLabeller(
            Grid, Classes.ToDictionary(c => c, _ => filter ?? RegionFilter.KeepAll), store);
        var worker = new TileLabeller(Grid, Classes, Indices);
        for (var row = 0; row < Grid.Rows; row++)
        {
            // From the right: the order within a row must not matter.
            var tiles = Grid.Row(row).Reverse().Select(tile => LabelTile(worker, Grid, mask, tile)).ToList();
            tiles.ForEach(tile => _tiles.Add(tile.Tile, tile));
            labeller.AddRow(tiles);
            OpenAfterRow.Add(labeller.OpenRegions);
        }

        Regions = labeller.Complete();
        Regions.Gather(this);
    }

    public TileGrid Grid { get; }

    public SceneRegions Regions { get; }

    public List<int> OpenAfterRow { get; } = [];

    public TileResult Read(TileIndex tile) => _tiles[tile];

    public RegionReader Reader(LandCoverClass value = LandCoverClass.Water) => new(Regions, value, new RegionPlace
    {
        Scene = SceneId.Parse("s1"),
        Area = new EllipsoidalPixelArea(new Affine(10, 0.001, 0, 50, 0, -0.001)),
        ToEarth = null,
        Indices = Indices,
    });

    public static unsafe TileResult LabelTile(TileLabeller worker, TileGrid grid, Mask mask, TileIndex tile)
    {
        var core = grid.Core(tile);
        using var evidence = new TileEvidence(grid.TileSize);
        evidence.Begin(core);
        for (var y = 0; y < core.Height; y++)
        {
            for (var x = 0; x < core.Width; x++)
            {
                var (column, row) = (core.Column + x, core.Row + y);
                evidence.Codes(y)[x] = mask[column, row];
                evidence.Seeds(y)[x] = Mask.Seed(column, row);
                foreach (var value in LandCoverClasses.All)
                {
                    evidence.Confidence(value, y)[x] = Mask.Confidence(column, row);
                }

                foreach (var kind in Enum.GetValues<IndexKind>())
                {
                    evidence.Index(kind, y)[x] = Mask.Index(kind, column, row);
                }
            }
        }

        return worker.Label(tile, evidence);
    }

    public void Dispose() => Regions.Dispose();
}
