using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;
using SpexStream.Domain.Spie;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Reads the gathered regions of one class: their facts and outlines, by rank. Keeps scratch, so one reader per thread;
/// several readers of the same regions may work at once.
/// </summary>
public sealed class RegionReader
{
    /// <summary>An index plane holds its values times this.</summary>
    private const double IndexScale = 10_000;

    private readonly ClassRegions _regions;
    private readonly RegionPlace _place;
    private readonly PixelWindow _scene;
    private readonly long _clearPixels;
    private readonly OutlineTracer _tracer = new();
    private readonly SpieDescriber _describer = new();
    private readonly ConvexHull _hull = new();
    private readonly long[] _confidence = new long[101];
    private RegionRun[] _scratch = [];

    /// <summary>Creates a reader.</summary>
    public RegionReader(SceneRegions scene, LandCoverClass value, RegionPlace place)
    {
        (_regions, _place, _scene) = (scene.Of(value), place, scene.Grid.Bounds);
        _clearPixels = scene.Visibility.Clear;
    }

    /// <summary>The class.</summary>
    public LandCoverClass Class => _regions.Class;

    /// <summary>Number of regions; ranks go from 0 to before it.</summary>
    public int Count => _regions.Count;

    /// <summary>The facts of all regions in final order, made while they are enumerated.</summary>
    public IEnumerable<RegionFacts> All() => Enumerable.Range(0, Count).Select(Facts);

    /// <summary>The exact outline of a region.</summary>
    public RegionOutline Outline(int rank) => _tracer.Trace(_regions.RunsOf(rank, ref _scratch));

    /// <summary>The same in scratch; valid until the next call of any method.</summary>
    public TracedOutline OutlineRings(int rank) => _tracer.TraceRings(_regions.RunsOf(rank, ref _scratch));

    /// <summary>The runs of a region, sorted by row and column; valid until the next call of any method.</summary>
    public ReadOnlySpan<RegionRun> Runs(int rank) => _regions.RunsOf(rank, ref _scratch);

    /// <summary>Corners of the rectangle of least area around a region, in pixels, clockwise from the upper
    /// left.</summary>
    public ImmutableArray<PixelPoint> Rectangle(int rank)
    {
        Span<PixelPoint> corners = stackalloc PixelPoint[4];
        LeastRectangle.Around(_hull.OfCorners(Runs(rank)), corners);
        LeastRectangle.Order(corners);
        return [.. corners];
    }

    /// <summary>The facts of a region.</summary>
    public RegionFacts Facts(int rank)
    {
        ref readonly var record = ref _regions.Record(rank);
        ref readonly var stats = ref record.Stats;
        var runs = _regions.RunsOf(rank, ref _scratch);
        var (mean, tenth) = Confidence(record);
        var centroid = new PixelPoint(
            ((double)stats.SumColumns / stats.Pixels) + 0.5, ((double)stats.SumRows / stats.Pixels) + 0.5);
        return new()
        {
            Id = $"{_place.Scene.Value}-{_regions.Class.Slug()}-{stats.MinRow}-{stats.FirstColumn}",
            Class = _regions.Class,
            Pixels = stats.Pixels,
            AreaSquareMetres = _place.Area is null ? double.NaN : Ground(runs, _place.Area),
            Share = (double)stats.Pixels / _clearPixels,
            Bounds = new(
                stats.MinColumn,
                stats.MinRow,
                stats.MaxColumn - stats.MinColumn + 1,
                stats.MaxRow - stats.MinRow + 1),
            Centroid = centroid,
            CentroidOnEarth = _place.ToEarth?.Invoke(centroid),
            TouchesEdge = (stats.Flags & ComponentFlags.TouchesEdge) != 0,
            MeanConfidence = mean,
            TenthPercentileConfidence = tenth,
            MeanIndex = MeanIndex(stats),
            Spie = _describer.Describe(runs, _scene, _regions.ContourCentroid(rank)),
        };
    }

    private static double Ground(ReadOnlySpan<RegionRun> runs, IPixelArea area)
    {
        var sum = 0.0;
        for (var i = 0; i < runs.Length;)
        {
            var row = runs[i].Row;
            long pixels = 0;
            for (; i < runs.Length && runs[i].Row == row; i++)
            {
                pixels += runs[i].End - runs[i].Start;
            }

            sum += pixels * area.SquareMetres(row);
        }

        return sum;
    }

    private (double Mean, int Tenth) Confidence(in RegionRecord record)
    {
        Array.Clear(_confidence);
        _regions.AddConfidence(record, _confidence);
        return ConfidenceSummary.Of(_confidence);
    }

    private ImmutableSortedDictionary<IndexKind, double> MeanIndex(in ComponentStats stats)
    {
        if (_place.Indices.IsEmpty)
        {
            return ImmutableSortedDictionary<IndexKind, double>.Empty;
        }

        var means = ImmutableSortedDictionary.CreateBuilder<IndexKind, double>();
        foreach (var index in _place.Indices)
        {
            means[index] = stats.Index[(int)index] / IndexScale / stats.Pixels;
        }

        return means.ToImmutable();
    }
}
