using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>
/// The kept regions of one class over a scene. Regions are named by their rank in the final order, 0 first; ranks are
/// known once the scene's runs are gathered.
/// </summary>
public sealed class ClassRegions
{
    private readonly ClassMosaic _mosaic;
    private int[]? _order;
    private PixelCorner?[] _contourCentroids = [];

    internal ClassRegions(TileGrid grid, LandCoverClass value, ClassMosaic mosaic, SpillStore store)
    {
        (Class, _mosaic) = (value, mosaic);
        Runs = new(grid, this, mosaic.Closed, store);
    }

    /// <summary>The class.</summary>
    public LandCoverClass Class { get; }

    /// <summary>Number of regions.</summary>
    public int Count => (int)_mosaic.Closed.Count;

    /// <summary>Pixels in all kept regions.</summary>
    public long Pixels
    {
        get
        {
            long sum = 0;
            for (var region = 0; region < Count; region++)
            {
                sum += _mosaic.Closed[region].Stats.Pixels;
            }

            return sum;
        }
    }

    /// <summary>Runs of a region as the tiles cut them: a measure of the size of its outline.</summary>
    public int RunCount(int rank) => Record(rank).Stats.Runs;

    /// <summary>Ranks of the regions with most pixels, most first; ties by rank.</summary>
    public IReadOnlyList<int> Largest(int most)
    {
        var largest = new PriorityQueue<int, (long Pixels, int Rank)>();
        for (var rank = 0; rank < Count; rank++)
        {
            largest.Enqueue(rank, (Record(rank).Stats.Pixels, -rank));
            if (largest.Count > most)
            {
                largest.Dequeue();
            }
        }

        var ranks = new int[largest.Count];
        for (var i = ranks.Length - 1; i >= 0; i--)
        {
            ranks[i] = largest.Dequeue();
        }

        return ranks;
    }

    internal RegionRunTable Runs { get; }

    /// <summary>Which components of a tile belong to kept regions.</summary>
    /// <param name="tile">Which tile.</param>
    /// <param name="kept">One entry per component of the tile's labels of this class.</param>
    public void FindKept(TileIndex tile, Span<bool> kept)
    {
        for (var component = 0; component < kept.Length; component++)
        {
            kept[component] = RegionOf(tile, component) >= 0;
        }
    }

    internal int RegionOf(TileIndex tile, int component) =>
        _mosaic.Links[_mosaic.NodeBase(tile) + component].Region;

    internal ref RegionRecord Record(int rank) => ref _mosaic.Closed[Region(rank)];

    internal ReadOnlySpan<RegionRun> RunsOf(int rank, ref RegionRun[] scratch) =>
        Runs.Read(Region(rank), ref scratch);

    /// <summary>Adds a region's pixels per confidence to 101 counters.</summary>
    internal void AddConfidence(in RegionRecord record, Span<long> counts)
    {
        for (var piece = record.FirstPiece; piece >= 0;)
        {
            var bins = _mosaic.Pieces[piece];
            for (var i = 0; i < bins.Bins; i++)
            {
                var bin = _mosaic.Bins[bins.FirstBin + i];
                counts[bin.Value] += bin.Count;
            }

            piece = bins.Next;
        }
    }

    /// <summary>Centroid of a region's contour, null for a contour without area.</summary>
    internal PixelCorner? ContourCentroid(int rank) => _contourCentroids[rank];

    internal void Sort()
    {
        var tracer = new ContourTracer();
        var scratch = Array.Empty<RegionRun>();
        var keys = new OrderKey[Count];
        _contourCentroids = new PixelCorner?[Count];
        for (var region = 0; region < keys.Length; region++)
        {
            ref readonly var stats = ref _mosaic.Closed[region].Stats;
            var contour = tracer.Trace(Runs.Read(region, ref scratch));
            _contourCentroids[region] = contour.Centroid;
            keys[region] = new(contour.TwiceArea, ((long)stats.MinRow << 32) | (uint)stats.FirstColumn, region);
        }

        Array.Sort(keys, _contourCentroids);
        _order = Array.ConvertAll(keys, key => key.Region);
    }

    private int Region(int rank) =>
        _order is null ? throw new InvalidOperationException("The regions' runs were not gathered.") : _order[rank];

    private readonly record struct OrderKey(long TwiceArea, long FirstPixel, int Region) : IComparable<OrderKey>
    {
        public int CompareTo(OrderKey other) => TwiceArea != other.TwiceArea
            ? other.TwiceArea.CompareTo(TwiceArea)
            : FirstPixel.CompareTo(other.FirstPixel);
    }
}
