namespace SpexStream.Domain.Regions;

/// <summary>Mean and 10th percentile of confidences, from pixels per value.</summary>
internal static class ConfidenceSummary
{
    /// <summary>NaN and 0 when no pixel has a confidence.</summary>
    /// <param name="counts">Pixels per confidence 0..100.</param>
    /// <returns>The mean, and the value at the nearest rank: the least that a tenth of the pixels do not
    /// exceed.</returns>
    public static (double Mean, int TenthPercentile) Of(ReadOnlySpan<long> counts)
    {
        long pixels = 0, sum = 0;
        for (var value = 0; value < counts.Length; value++)
        {
            pixels += counts[value];
            sum += counts[value] * value;
        }

        if (pixels == 0)
        {
            return (double.NaN, 0);
        }

        var rank = (pixels + 9) / 10;
        var tenth = 0;
        for (var seen = counts[0]; seen < rank; seen += counts[tenth])
        {
            tenth++;
        }

        return ((double)sum / pixels, tenth);
    }
}
