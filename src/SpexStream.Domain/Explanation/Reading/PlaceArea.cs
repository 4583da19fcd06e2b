namespace SpexStream.Domain.Explanation.Reading;

/// <summary>
/// A part of the image: columns and rows as fractions, upper left first. In thirds it is a set of the nine fields and
/// is compared with a region's field; otherwise (halves, quadrants) with the position itself.
/// </summary>
internal readonly record struct PlaceArea(double Left, double Top, double Right, double Bottom, bool IsInThirds)
{
    /// <summary>Whether the words were compass points.</summary>
    public bool IsCompass { get; init; }

    /// <summary>-1 left, 0 neither, 1 right.</summary>
    public int Across => Sign(Left, Right);

    /// <summary>-1 up, 0 neither, 1 down.</summary>
    public int Down => Sign(Top, Bottom);

    /// <summary>A set of fields; -1 stands for all columns or rows.</summary>
    public static PlaceArea Thirds(int column, int row) => new(
        column < 0 ? 0 : column / 3.0, row < 0 ? 0 : row / 3.0,
        column < 0 ? 1 : (column + 1) / 3.0, row < 0 ? 1 : (row + 1) / 3.0, true);

    /// <summary>The half or quadrant that such fields point to; the middle has none and stays.</summary>
    public PlaceArea Halved() => this with
    {
        Left = Across > 0 ? 0.5 : 0,
        Right = Across < 0 ? 0.5 : 1,
        Top = Down > 0 ? 0.5 : 0,
        Bottom = Down < 0 ? 0.5 : 1,
        IsInThirds = false,
    };

    /// <summary>Whether a region's field, or its position in fractions, lies inside.</summary>
    public bool Holds(ImageField field, double x, double y) => IsInThirds
        ? Inside((field.Column + 0.5) / 3, (field.Row + 0.5) / 3)
        : Inside(x, y);

    /// <summary>Whether a rectangle in fractions shares a part with it.</summary>
    public bool Meets(double left, double top, double right, double bottom) =>
        left < Right && right > Left && top < Bottom && bottom > Top;

    private bool Inside(double x, double y) => x >= Left && x <= Right && y >= Top && y <= Bottom;

    private static int Sign(double from, double to) => Math.Sign(Math.Round(from + to - 1, 6));
}
