using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>From pixels of one grid to those of another over the same ground. Immutable; any number of
/// threads.</summary>
public interface IPixelMapping
{
    /// <summary>Columns in which the mapping is straight to far below a pixel; at least 1.</summary>
    int StraightColumns { get; }

    /// <summary>Where a position of the one grid lies on the other; null where it has no place there.</summary>
    PixelPoint? Map(double column, double row);
}
