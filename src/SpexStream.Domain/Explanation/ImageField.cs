namespace SpexStream.Domain.Explanation;

/// <summary>One of the nine fields of a 3 x 3 grid over the image: column and row 0..2 from the upper left.</summary>
internal readonly record struct ImageField(int Column, int Row)
{
    private static readonly string[] Words =
    [
        "top-left", "top-center", "top-right",
        "middle-left", "center", "middle-right",
        "bottom-left", "bottom-center", "bottom-right",
    ];

    /// <summary>The word that the SPIE attributes use, in their American spelling.</summary>
    public string Word => Words[(Row * 3) + Column];

    /// <summary>Reads a SPIE word; null when it is none of the nine.</summary>
    public static ImageField? Find(string word)
    {
        var index = Array.IndexOf(Words,
            word.Trim().ToLowerInvariant().Replace("centre", "center", StringComparison.Ordinal));
        return index < 0 ? null : new(index % 3, index / 3);
    }

    /// <summary>The field of a position in fractions of the image, cuts at 1/3 and 2/3.</summary>
    public static ImageField At(double x, double y) => new(Third(x), Third(y));

    private static int Third(double fraction) => fraction < 1.0 / 3 ? 0 : fraction < 2.0 / 3 ? 1 : 2;
}
