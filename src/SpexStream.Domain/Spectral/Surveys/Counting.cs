namespace SpexStream.Domain.Spectral.Surveys;

/// <summary>Sums and ranks of integer histograms.</summary>
internal static class Counting
{
    public static void Add(Span<long> counts, ReadOnlySpan<long> more)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += more[i];
        }
    }

    public static long Total(ReadOnlySpan<long> counts)
    {
        var total = 0L;
        foreach (var count in counts)
        {
            total += count;
        }

        return total;
    }

    /// <summary>The bin of the nearest rank: the first one up to which at least part / whole of all lie. Null when the
    /// histogram is empty.</summary>
    public static int? Rank(ReadOnlySpan<long> counts, int part, int whole)
    {
        var total = Total(counts);
        if (total == 0)
        {
            return null;
        }

        var rank = Math.Max(1, (long)Math.Ceiling((double)total * part / whole));
        var below = 0L;
        for (var bin = 0; bin < counts.Length; bin++)
        {
            below += counts[bin];
            if (below >= rank)
            {
                return bin;
            }
        }

        return counts.Length - 1;
    }
}
