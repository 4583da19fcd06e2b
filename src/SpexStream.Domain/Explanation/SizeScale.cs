namespace SpexStream.Domain.Explanation;

/// <summary>The size words of the SPIE attributes from least to greatest, and the shares they stand for.</summary>
internal static class SizeScale
{
    private static readonly string[] Words =
        ["very tiny", "tiny", "small", "medium", "somewhat large", "large", "huge"];

    // Shares of the image where one word gives way to the next: those compatible with every region of the release.
    private static readonly double[] Cuts = [0.0015, 0.003, 0.005, 0.0075, 0.01, 0.1];

    /// <summary>The rank 0..6 of a word; null when it is none of the scale.</summary>
    public static int? Find(string word)
    {
        var index = Array.IndexOf(Words, word.Trim().ToLowerInvariant());
        return index < 0 ? null : index;
    }

    /// <summary>The rank of a share of the image, 0..1.</summary>
    public static int Of(double share) => Cuts.Count(cut => share >= cut);
}
