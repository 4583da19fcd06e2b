using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Explanation;

/// <summary>Puts thresholds and mean indices side by side.</summary>
internal static class EvidenceList
{
    /// <summary>The class's thresholds in their order, then the indices that no threshold names.</summary>
    public static ImmutableArray<Evidence> Of(
        LandCoverClass value,
        ImmutableArray<NamedThreshold> thresholds,
        ImmutableSortedDictionary<IndexKind, double> means)
    {
        var list = ImmutableArray.CreateBuilder<Evidence>();
        var named = new HashSet<IndexKind>();
        foreach (var threshold in thresholds.Where(threshold => threshold.Class == value))
        {
            var mean = Mean(threshold.Quantity, means);
            list.Add(new(threshold.Quantity, mean, threshold.Threshold, Passed(mean, threshold)));
            if (IndexNames.Find(threshold.Quantity) is { } kind)
            {
                named.Add(kind);
            }
        }

        list.AddRange(means.Where(mean => double.IsFinite(mean.Value) && !named.Contains(mean.Key))
            .Select(mean => new Evidence(IndexNames.Of(mean.Key), mean.Value, null, null)));
        return list.ToImmutable();
    }

    /// <summary>The mean of an index, or of a sum of indices ("NDWI+MNDWI": the mean of a sum is the sum of
    /// means).</summary>
    private static double? Mean(string quantity, ImmutableSortedDictionary<IndexKind, double> means)
    {
        var sum = 0.0;
        foreach (var name in quantity.Split('+', StringSplitOptions.TrimEntries))
        {
            if (IndexNames.Find(name) is not { } kind || !means.TryGetValue(kind, out var mean)
                || !double.IsFinite(mean))
            {
                return null;
            }

            sum += mean;
        }

        return sum;
    }

    private static bool? Passed(double? mean, NamedThreshold threshold) =>
        mean is { } value ? (threshold.ClassIsAbove ? value > threshold.Threshold : value < threshold.Threshold) : null;
}
