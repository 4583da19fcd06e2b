namespace SpexStream.Domain.Alerts.Cover;

/// <summary>A short piece of a row, with the line that its pixels' centres make on another grid.</summary>
internal readonly record struct MappedLine(int First, int End, double X, double Y, double StepX, double StepY)
{
    public static MappedLine From(IPixelMapping mapping, int row, int column)
    {
        // Pieces begin at fixed columns, so that a pixel is mapped the same whatever span it is read in.
        var first = column / mapping.StraightColumns * mapping.StraightColumns;
        var end = first + mapping.StraightColumns;
        return mapping.Map(first + 0.5, row + 0.5) is { } a && mapping.Map(end + 0.5, row + 0.5) is { } b
            ? new(first, end, a.X, a.Y, (b.X - a.X) / (end - first), (b.Y - a.Y) / (end - first))
            : new(first, end, double.NaN, double.NaN, 0, 0);
    }

    public bool Holds(int column) => column >= First && column < End;

    public (double X, double Y) At(int column) => (X + ((column - First) * StepX), Y + ((column - First) * StepY));
}
