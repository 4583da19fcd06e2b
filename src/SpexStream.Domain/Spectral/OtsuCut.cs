namespace SpexStream.Domain.Spectral;

/// <summary>The cut of a histogram into two classes that differ most (Otsu 1979, IEEE Trans. SMC 9, 62).</summary>
/// <param name="Lower">Last bin of the lower class.</param>
/// <param name="Separability">Variance between the classes over the whole variance, 0..1.</param>
/// <param name="LowerCount">Weight of the lower class.</param>
/// <param name="UpperCount">Weight of the upper class.</param>
/// <param name="LowerMean">Mean bin of the lower class.</param>
/// <param name="UpperMean">Mean bin of the upper class.</param>
public readonly record struct OtsuCut(
    int Lower, double Separability, long LowerCount, long UpperCount, double LowerMean, double UpperMean)
{
    /// <summary>Finds the cut; of several equal ones (empty bins between two heaps) the middle one.</summary>
    /// <returns>Null when fewer than two bins hold anything.</returns>
    public static OtsuCut? Of(ReadOnlySpan<long> histogram)
    {
        var (count, sum, squares) = (0L, 0.0, 0.0);
        for (var bin = 0; bin < histogram.Length; bin++)
        {
            count += histogram[bin];
            sum += (double)histogram[bin] * bin;
            squares += (double)histogram[bin] * bin * bin;
        }

        var (below, sumBelow, best, first, last) = (0L, 0.0, 0.0, -1, -1);
        for (var bin = 0; bin < histogram.Length - 1; bin++)
        {
            below += histogram[bin];
            sumBelow += (double)histogram[bin] * bin;
            if (below == 0 || below == count)
            {
                continue;
            }

            var apart = (sumBelow / below) - ((sum - sumBelow) / (count - below));
            var between = (double)below * (count - below) * apart * apart;
            if (between > best)
            {
                (best, first, last) = (between, bin, bin);
            }
            else if (between == best && first >= 0)
            {
                last = bin;
            }
        }

        if (first < 0)
        {
            return null;
        }

        var cut = (first + last) / 2;
        var (lower, lowerSum) = (0L, 0.0);
        for (var bin = 0; bin <= cut; bin++)
        {
            lower += histogram[bin];
            lowerSum += (double)histogram[bin] * bin;
        }

        var variance = ((double)count * squares) - (sum * sum);
        return new(cut, best / variance, lower, count - lower, lowerSum / lower, (sum - lowerSum) / (count - lower));
    }
}
