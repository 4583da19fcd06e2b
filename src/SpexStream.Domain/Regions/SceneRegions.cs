using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Regions;

/// <summary>
/// The closed regions of a scene, per class. Owns the memory and the spill file behind them; dispose it when the
/// products are written. After <see cref="Gather"/> any number of threads may read.
/// </summary>
public sealed class SceneRegions : IDisposable
{
    private readonly SpillStore _store;
    private readonly ImmutableArray<ClassRegions> _classes;

    internal SceneRegions(
        TileGrid grid,
        ImmutableArray<(LandCoverClass Class, ClassMosaic Mosaic)> classes,
        ImmutableArray<long> codeCounts,
        SpillStore store)
    {
        (Grid, CodeCounts, _store) = (grid, codeCounts, store);
        _classes = [.. classes.Select(entry => new ClassRegions(grid, entry.Class, entry.Mosaic, store))];
    }

    /// <summary>The scene's tiles.</summary>
    public TileGrid Grid { get; }

    /// <summary>Pixels of the scene per <see cref="CoverCode"/>, 256 entries.</summary>
    public ImmutableArray<long> CodeCounts { get; }

    /// <summary>Pixels by what could be seen.</summary>
    public VisibilityFacts Visibility => VisibilityOf(CodeCounts.AsSpan());

    /// <summary>Bytes of region state in the temporary file.</summary>
    public long SpilledBytes => _store.SpilledBytes;

    /// <summary>The regions of one class.</summary>
    /// <exception cref="ArgumentException">The class was not labelled.</exception>
    public ClassRegions Of(LandCoverClass value) =>
        _classes.FirstOrDefault(regions => regions.Class == value)
        ?? throw new ArgumentException($"{value} was not labelled.", nameof(value));

    /// <summary>
    /// Collects the runs of every kept region from the tiles, which are read once more, and puts the regions into their
    /// final order: contour area descending, ties by first pixel in row order. Once, before regions are read.
    /// </summary>
    public void Gather(ITileResults tiles)
    {
        Parallel.ForEach(_classes, regions =>
        {
            regions.Runs.Begin();
            var row = new TileResult[Grid.Columns];
            for (var tileRow = 0; tileRow < Grid.Rows; tileRow++)
            {
                for (var column = 0; column < row.Length; column++)
                {
                    row[column] = tiles.Read(new(column, tileRow));
                }

                regions.Runs.AddRow(row);
            }

            regions.Sort();
        });
    }

    /// <summary>Sums 256 pixel counts per code into what could be seen.</summary>
    public static VisibilityFacts VisibilityOf(ReadOnlySpan<long> counts)
    {
        long clear = 0, noAnswer = 0;
        for (var code = 0; code < counts.Length; code++)
        {
            clear += code < CoverCode.FirstReason ? counts[code] : 0;
            noAnswer += code > CoverCode.SnowIce ? counts[code] : 0;
        }

        return new(
            clear,
            counts[CoverCode.Cloud],
            counts[CoverCode.CloudShadow],
            counts[CoverCode.SnowIce],
            noAnswer,
            counts[CoverCode.Nodata])
        {
            GivenUp = counts[CoverCode.TileFailed],
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();
}
