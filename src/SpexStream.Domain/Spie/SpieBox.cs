using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Spie;

/// <summary>The four corners of a box as SPEX writes them.</summary>
public static class SpieBox
{
    /// <summary>
    /// Corners cut to whole pixels, ordered clockwise from the upper left (the two of least y by growing x, then the
    /// other two by falling x), clipped to the image and given as fractions of it.
    /// </summary>
    /// <param name="corners">Four corners in pixels, in any order.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="height">Rows of the image.</param>
    public static ImmutableArray<PixelPoint> Fractions(ReadOnlySpan<PixelPoint> corners, int width, int height)
    {
        Span<(int Y, int X)> cut = stackalloc (int, int)[4];
        for (var i = 0; i < cut.Length; i++)
        {
            cut[i] = ((int)corners[i].Y, (int)corners[i].X);
        }

        cut.Sort();
        cut[..2].Sort((a, b) => a.X.CompareTo(b.X));
        cut[2..].Sort((a, b) => b.X.CompareTo(a.X));
        var box = new PixelPoint[4];
        for (var i = 0; i < box.Length; i++)
        {
            box[i] = Fraction(cut[i].X, cut[i].Y, width, height);
        }

        return [.. box];
    }

    /// <summary>A pixel position as fractions, clipped to the image and rounded to three digits.</summary>
    public static PixelPoint Fraction(int x, int y, int width, int height) => new(
        PythonNumber.RoundToThousandths(Math.Clamp(x, 0, width) / (double)width),
        PythonNumber.RoundToThousandths(Math.Clamp(y, 0, height) / (double)height));
}
