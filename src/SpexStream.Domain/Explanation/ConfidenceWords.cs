namespace SpexStream.Domain.Explanation;

/// <summary>Words for a mean confidence of 0..100, each tied to a fixed band of the rounded number.</summary>
internal static class ConfidenceWords
{
    private static readonly string[] Words = ["very low", "low", "moderate", "high", "very high"];

    /// <summary>Below 20 very low, below 40 low, below 60 moderate, below 80 high, else very high.</summary>
    public static string Of(double mean) => Words[Band(mean)];

    /// <summary>The band 0..4 of a mean.</summary>
    public static int Band(double mean) => (int)Math.Clamp(Math.Round(mean, MidpointRounding.AwayFromZero) / 20, 0, 4);
}
