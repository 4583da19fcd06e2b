using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>Between grids of different coordinate systems, by way of longitude and latitude.</summary>
public sealed class GroundMapping : IPixelMapping
{
    private readonly GroundMap _newer;
    private readonly PixelFinder _older;
    private readonly double _turn;

    /// <summary>Creates the mapping from one scene's grid to another's.</summary>
    public GroundMapping(GroundMap newer, GroundMap older)
    {
        (_newer, _older) = (newer, new(older));
        var here = newer.At(newer.Width / 2.0, newer.Height / 2.0).Longitude;
        var there = older.At(older.Width / 2.0, older.Height / 2.0).Longitude;
        _turn = 360 * Math.Round((there - here) / 360);
    }

    /// <inheritdoc/>
    public int StraightColumns => 16;

    /// <inheritdoc/>
    public PixelPoint? Map(double column, double row)
    {
        var place = _newer.At(column, row);
        return _older.Find(place with { Longitude = place.Longitude + _turn });
    }
}
