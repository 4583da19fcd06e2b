using System.Collections.Immutable;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>Exact sums over the pixels of one class; added in any order they give the same.</summary>
public sealed class ClassTotals
{
    /// <summary>An index plane holds its values times this.</summary>
    private const double IndexScale = 10_000;

    private readonly long[] _index = new long[IndexTotals.Length];
    private long _confidence;
    private long _confident;

    /// <summary>Pixels of the class.</summary>
    public long Pixels { get; private set; }

    /// <summary>Mean confidence 0..100; NaN without a pixel.</summary>
    public double MeanConfidence => _confident == 0 ? double.NaN : (double)_confidence / _confident;

    /// <summary>Mean of each of some indices; empty without a pixel.</summary>
    public ImmutableSortedDictionary<IndexKind, double> MeanIndex(ImmutableArray<IndexKind> indices) => Pixels == 0
        ? ImmutableSortedDictionary<IndexKind, double>.Empty
        : indices.ToImmutableSortedDictionary(kind => kind, kind => _index[(int)kind] / IndexScale / Pixels);

    /// <summary>Adds the components of a tile.</summary>
    public void Add(TileLabels labels)
    {
        foreach (ref readonly var component in labels.Stats)
        {
            Add(component);
        }

        foreach (var bin in labels.Bins)
        {
            Add(bin);
        }
    }

    /// <summary>Adds the kept regions of a scene.</summary>
    public void Add(ClassRegions regions)
    {
        Span<long> counts = stackalloc long[101];
        for (var rank = 0; rank < regions.Count; rank++)
        {
            ref readonly var record = ref regions.Record(rank);
            Add(record.Stats);
            regions.AddConfidence(record, counts);
        }

        for (var value = 0; value < counts.Length; value++)
        {
            _confidence += value * counts[value];
            _confident += counts[value];
        }
    }

    private void Add(in ComponentStats stats)
    {
        Pixels += stats.Pixels;
        for (var i = 0; i < _index.Length; i++)
        {
            _index[i] += stats.Index[i];
        }
    }

    private void Add(ConfidenceBin bin)
    {
        _confidence += (long)bin.Value * bin.Count;
        _confident += bin.Count;
    }
}
