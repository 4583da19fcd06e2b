using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Regions;

/// <summary>
/// The outer contour of a region through the centres of its border pixels (8 neighbours, holes filled), as picture
/// libraries draw it: twice its area and its first moments, exact. A contour of a point or a line has no area.
/// </summary>
/// <param name="TwiceArea">Twice the enclosed area in pixels.</param>
/// <param name="MomentX">Six times the first moment in x, relative to <paramref name="OriginX"/>.</param>
/// <param name="MomentY">Six times the first moment in y, relative to <paramref name="OriginY"/>.</param>
/// <param name="OriginX">Column that the moment counts from.</param>
/// <param name="OriginY">Row that the moment counts from.</param>
public readonly record struct RegionContour(long TwiceArea, long MomentX, long MomentY, int OriginX, int OriginY)
{
    /// <summary>Centroid of the enclosed area in pixel indices (a pixel's centre is a whole number), cut to whole
    /// pixels; null without area.</summary>
    public PixelCorner? Centroid => TwiceArea == 0
        ? null
        : new(OriginX + (int)(MomentX / (3 * TwiceArea)), OriginY + (int)(MomentY / (3 * TwiceArea)));
}
