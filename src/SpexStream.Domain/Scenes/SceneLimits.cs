using SpexStream.Domain.Announcements;

namespace SpexStream.Domain.Scenes;

/// <summary>
/// How large a scene can be. Its tiles, their answers and the product rasters grow with it, so that one wrong number in
/// an announcement must not ask for more than any pass has.
/// </summary>
public static class SceneLimits
{
    /// <summary>Rows of a scene, at most: a quarter of the Earth's girth at 2.5 m a row.</summary>
    public const int MaxRows = 4_000_000;

    /// <summary>Rows times columns of a scene, at most (2^36): 17 000 columns over all the rows.</summary>
    public const long MaxPixels = 1L << 36;

    /// <summary>Why a scene is too large; null when it is not.</summary>
    /// <param name="where">Field of the announcement that makes it so.</param>
    /// <param name="rows">Rows of the scene as far as they are known.</param>
    /// <param name="width">Pixels across.</param>
    public static Rejection? Check(string where, long rows, int width) => rows > MaxRows || rows * width > MaxPixels
        ? new(
            RejectionReason.TooLarge, where, $"makes a scene of {rows} rows and {width} columns",
            $"cut the pass into scenes of at most {MaxRows} rows and {MaxPixels} pixels")
        : null;

    /// <summary>Whether a scene with one strip more is too large; null when it is not.</summary>
    internal static Rejection? Check(SceneState state, StripEntry strip)
    {
        var shift = state.FirstRow ?? 0;
        var (top, bottom) = (strip.RowOffset - shift, strip.Bottom - shift);
        foreach (var other in state.Strips.Values)
        {
            (top, bottom) = (Math.Min(top, other.RowOffset), Math.Max(bottom, other.Bottom));
        }

        // Absolute rows begin with the upper strip, wherever that lies; others with row 0.
        return Check(
            "assets.data", (long)bottom - (state.Layout.RowsAreAbsolute ? top : 0), state.Layout.Width);
    }
}
