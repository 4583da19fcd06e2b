using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>Which rows of an older grid lie under a part of a newer one, so that no others need be read.</summary>
public static class MappedRows
{
    private const int Steps = 64;
    private const int Margin = 16;

    /// <summary>The rows, those to either side that a curved edge may bulge into included; none where the grids do not
    /// meet, all where it cannot be told.</summary>
    /// <param name="mapping">From the newer grid to the older one.</param>
    /// <param name="part">Part of the newer grid.</param>
    /// <param name="height">Rows of the older grid.</param>
    public static (int First, int End) Under(IPixelMapping mapping, PixelWindow part, int height)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i <= Steps; i++)
        {
            var (column, row) = (part.Column + (part.Width * i / (double)Steps),
                part.Row + (part.Height * i / (double)Steps));
            foreach (var place in (ReadOnlySpan<PixelPoint?>)[
                mapping.Map(column, part.Row), mapping.Map(column, part.Bottom), mapping.Map(part.Column, row),
                mapping.Map(part.Right, row)])
            {
                if (place is not { } found)
                {
                    return (0, height);
                }

                (least, most) = (Math.Min(least, found.Y), Math.Max(most, found.Y));
            }
        }

        // Between two points of an edge it bulges by far less than the hundredth part of the whole.
        var margin = Margin + ((most - least) / 100);
        var first = (int)Math.Clamp(Math.Floor(least - margin), 0, height);
        return (first, (int)Math.Clamp(Math.Ceiling(most + margin), first, height));
    }
}
