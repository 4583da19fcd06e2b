using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>The runs of a tile's components in the tile's own coordinates, gathered by a counting sort.
/// Immutable.</summary>
internal sealed class ComponentRuns
{
    private readonly int[] _first;
    private readonly RegionRun[] _runs;

    public ComponentRuns(TileResult tile, LandCoverClass value)
    {
        var labels = tile.Of(value);
        _first = new int[labels.Count + 1];
        _runs = new RegionRun[labels.Components.Length];
        for (var component = 0; component < labels.Count; component++)
        {
            _first[component + 1] = _first[component] + labels.Stats[component].Runs;
        }

        var cursors = _first.AsSpan(0, labels.Count).ToArray();
        var run = 0;
        for (var row = 0; row < tile.Core.Height; row++)
        {
            for (var reader = new ClassRunReader(tile.Runs, row, value); reader.MoveNext(); run++)
            {
                _runs[cursors[labels.Components[run]]++] = new(row, reader.Start, reader.End);
            }
        }
    }

    public int Count => _first.Length - 1;

    public ReadOnlySpan<RegionRun> Of(int component) =>
        _runs.AsSpan(_first[component], _first[component + 1] - _first[component]);
}
