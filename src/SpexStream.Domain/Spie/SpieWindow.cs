using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Spie;

/// <summary>One picture of a training set: a square of a scene.</summary>
/// <param name="X">First column in the scene.</param>
/// <param name="Y">First row in the scene.</param>
/// <param name="Column">Place among the windows, from the left.</param>
/// <param name="Row">Place among the windows, from the top.</param>
public readonly record struct SpieWindow(int X, int Y, int Column, int Row)
{
    /// <summary>Edge of a picture in pixels.</summary>
    public const int Size = 512;

    /// <summary>Pixels from one window to the next.</summary>
    public const int Stride = 384;

    /// <summary>Its pixels, which reach beyond a scene that is smaller than a window.</summary>
    public PixelWindow Pixels => new(X, Y, Size, Size);

    /// <summary>
    /// The windows of a scene in row order. They lie <see cref="Stride"/> apart; the last of a row or column is moved
    /// back so that it ends at the scene's edge. A scene smaller than a window has one, with nothing behind the
    /// scene's edge.
    /// </summary>
    public static IEnumerable<SpieWindow> Of(int width, int height) =>
        from y in Starts(height).Index()
        from x in Starts(width).Index()
        select new SpieWindow(x.Item, y.Item, x.Index, y.Index);

    /// <summary>The name of its picture, as the release names them: scene, size, first column, first row.</summary>
    public string NameIn(string scene) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{scene}__{Size}__{X}___{Y}");

    private static IEnumerable<int> Starts(int length)
    {
        var last = Math.Max(0, length - Size);
        for (var start = 0; start < last; start += Stride)
        {
            yield return start;
        }

        yield return last;
    }
}
