namespace SpexStream.Domain.Grid;

/// <summary>A rectangle of pixels; <see cref="Right"/> and <see cref="Bottom"/> are exclusive.</summary>
public readonly record struct PixelWindow(int Column, int Row, int Width, int Height)
{
    /// <summary>First column behind the window.</summary>
    public int Right => Column + Width;

    /// <summary>First row behind the window.</summary>
    public int Bottom => Row + Height;

    /// <summary>Pixels in the window.</summary>
    public long Area => (long)Width * Height;

    /// <summary>Whether the window holds no pixel.</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>The part inside of <paramref name="other"/>; width and height 0 where they do not meet.</summary>
    public PixelWindow Intersect(PixelWindow other)
    {
        var column = Math.Max(Column, other.Column);
        var row = Math.Max(Row, other.Row);
        var width = Math.Min(Right, other.Right) - column;
        var height = Math.Min(Bottom, other.Bottom) - row;
        return width <= 0 || height <= 0 ? new(column, row, 0, 0) : new(column, row, width, height);
    }

    /// <summary>The window with <paramref name="margin"/> pixels more on every side.</summary>
    public PixelWindow Grow(int margin) =>
        new(Column - margin, Row - margin, Width + (2 * margin), Height + (2 * margin));

    /// <summary>Whether every pixel of <paramref name="other"/> lies in this window.</summary>
    public bool Contains(PixelWindow other) =>
        other.Column >= Column && other.Row >= Row && other.Right <= Right && other.Bottom <= Bottom;

    /// <inheritdoc/>
    public override string ToString() => $"{Width}x{Height}+{Column}+{Row}";
}
