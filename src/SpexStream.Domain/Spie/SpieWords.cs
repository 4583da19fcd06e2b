namespace SpexStream.Domain.Spie;

/// <summary>The words of SPEX for size and place, with cuts that agree with every published example.</summary>
public static class SpieWords
{
    // Shares of the image, in 1/10000, that a region must reach. The examples fix the lower four to a narrow band; the
    // last one may lie anywhere between 2 % and about 20 % (no example), and 10 % is the middle by ratio.
    private static readonly (long Reaches, string Word)[] Sizes =
    [
        (1000, "huge"), (100, "large"), (75, "somewhat large"), (50, "medium"), (15, "small"), (0, "very tiny"),
    ];

    private static readonly string[] Rows = ["top", "middle", "bottom"];
    private static readonly string[] Columns = ["left", "center", "right"];

    /// <summary>Word for an area.</summary>
    /// <param name="pixels">Pixels of the region.</param>
    /// <param name="imagePixels">Pixels of the image.</param>
    public static string Size(long pixels, long imagePixels) =>
        Sizes.First(size => pixels * 10_000 >= size.Reaches * imagePixels).Word;

    /// <summary>Word for a place: a 3 x 3 grid with cuts at one and two thirds; the middle is only "center".</summary>
    /// <param name="x">Column of the centroid.</param>
    /// <param name="y">Row of the centroid.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="height">Rows of the image.</param>
    public static string Location(int x, int y, int width, int height)
    {
        var (row, column) = (Third(y, height), Third(x, width));
        return (row, column) == (1, 1) ? "center" : $"{Rows[row]}-{Columns[column]}";
    }

    private static int Third(int position, int size) => 3L * position < size ? 0 : 3L * position < 2L * size ? 1 : 2;
}
