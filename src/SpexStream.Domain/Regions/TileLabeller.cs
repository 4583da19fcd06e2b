using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Turns the evidence of a tile into its <see cref="TileResult"/>: runs, components and their sums. Keeps its scratch
/// from tile to tile; one instance per worker thread.
/// </summary>
public sealed unsafe class TileLabeller
{
    private readonly TileGrid _grid;
    private readonly ImmutableArray<LandCoverClass> _classes;
    private readonly ImmutableArray<IndexKind> _indices;
    private readonly RunScanner _scanner = new();
    private readonly ClassRunBuffer _runs = new();
    private readonly ConfidenceHistogram _histogram = new();
    private int[] _order = new int[4096];
    private int[] _cursors = new int[1024];

    /// <summary>Creates a labeller.</summary>
    /// <param name="grid">The scene's tiles.</param>
    /// <param name="classes">Classes to label.</param>
    /// <param name="indices">Index planes to average; the planes of others are not read.</param>
    public TileLabeller(TileGrid grid, ImmutableArray<LandCoverClass> classes, ImmutableArray<IndexKind> indices)
    {
        (_grid, _classes, _indices) = (grid, classes, indices);
    }

    /// <summary>Labels one tile. The evidence is only read and may be used again afterwards.</summary>
    /// <exception cref="ArgumentException">The evidence is not that of this tile.</exception>
    public TileResult Label(TileIndex tile, TileEvidence evidence)
    {
        var core = _grid.Core(tile);
        if (evidence.Core != core)
        {
            throw new ArgumentException($"Evidence of {evidence.Core} is not tile {tile} at {core}.", nameof(evidence));
        }

        return Label(tile, core, evidence);
    }

    /// <summary>Labels pixels that need not be a whole tile; what touches their edge is not told from what ends
    /// there.</summary>
    public TileResult Label(TileEvidence evidence) => Label(default, evidence.Core, evidence);

    private TileResult Label(TileIndex tile, PixelWindow core, TileEvidence evidence)
    {
        var runs = _scanner.Scan(evidence.Codes(0), core.Width, core.Height, evidence.Stride);
        var labels = ImmutableArray.CreateBuilder<TileLabels>(_classes.Length);
        foreach (var value in _classes)
        {
            labels.Add(LabelClass(runs, value, core, evidence));
        }

        return new(tile, core, runs, labels.MoveToImmutable());
    }

    private TileLabels LabelClass(TileRuns runs, LandCoverClass value, PixelWindow core, TileEvidence evidence)
    {
        _runs.Build(runs, value);
        var stats = new ComponentStats[_runs.Components];
        Array.Fill(stats, ComponentStats.Empty);
        SumRuns(stats, value, core, evidence);
        FillHistograms(stats, value, evidence);
        MarkSceneEdge(stats);
        NodataContact.Mark(runs, _runs, stats);
        return new(
            value,
            _runs.RowFirst.AsSpan(0, core.Height + 1).ToArray(),
            _runs.Labels.AsSpan(0, _runs.Runs).ToArray(),
            stats,
            _histogram.ToArray());
    }

    private void SumRuns(ComponentStats[] stats, LandCoverClass value, PixelWindow core, TileEvidence evidence)
    {
        var (starts, ends, labels) = (_runs.Starts, _runs.Ends, _runs.Labels);
        var bit = CoverCode.RegionBit(value);
        for (var row = 0; row < core.Height; row++)
        {
            var seeds = evidence.Seeds(row);
            for (var run = _runs.RowFirst[row]; run < _runs.RowFirst[row + 1]; run++)
            {
                int start = starts[run], length = ends[run] - start;
                ref var component = ref stats[labels[run]];
                component.AddRun(core.Row + row, core.Column + start, core.Column + start + length);
                if ((component.Flags & ComponentFlags.Seeded) == 0 && RunSums.Any(seeds + start, length, bit))
                {
                    component.Flags |= ComponentFlags.Seeded;
                }
            }

            foreach (var index in _indices)
            {
                var plane = evidence.Index(index, row);
                for (var run = _runs.RowFirst[row]; run < _runs.RowFirst[row + 1]; run++)
                {
                    stats[labels[run]].Index[(int)index] += RunSums.Sum(plane + starts[run], ends[run] - starts[run]);
                }
            }
        }
    }

    // Component by component, so that one small table serves all of them.
    private void FillHistograms(ComponentStats[] stats, LandCoverClass value, TileEvidence evidence)
    {
        SortRunsByComponent(stats);
        _histogram.Clear();
        var confidence = evidence.Confidence(value, 0);
        var next = 0;
        foreach (ref var component in stats.AsSpan())
        {
            for (var i = 0; i < component.Runs; i++, next += 2)
            {
                var run = _order[next];
                var at = confidence + ((nint)_order[next + 1] * evidence.Stride) + _runs.Starts[run];
                _histogram.Add(at, _runs.Ends[run] - _runs.Starts[run]);
            }

            component.FirstBin = _histogram.Count;
            component.Bins = _histogram.Flush();
        }
    }

    private void SortRunsByComponent(ComponentStats[] stats)
    {
        if (_order.Length < 2 * _runs.Runs)
        {
            _order = new int[4 * _runs.Runs];
        }

        if (_cursors.Length < stats.Length)
        {
            _cursors = new int[2 * stats.Length];
        }

        var sum = 0;
        for (var i = 0; i < stats.Length; i++)
        {
            _cursors[i] = sum;
            sum += 2 * stats[i].Runs;
        }

        for (var (row, run) = (0, 0); run < _runs.Runs; run++)
        {
            while (run >= _runs.RowFirst[row + 1])
            {
                row++;
            }

            ref var cursor = ref _cursors[_runs.Labels[run]];
            _order[cursor++] = run;
            _order[cursor++] = row;
        }
    }

    private void MarkSceneEdge(ComponentStats[] stats)
    {
        foreach (ref var s in stats.AsSpan())
        {
            if (s.MinColumn == 0 || s.MinRow == 0 || s.MaxColumn == _grid.Width - 1 || s.MaxRow == _grid.Height - 1)
            {
                s.Flags |= ComponentFlags.TouchesEdge;
            }
        }
    }
}
