using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>What is to be measured of a scene; rules with the same order share one measurement.</summary>
/// <param name="Area">Number of the area in the <see cref="AreaIndex"/>.</param>
/// <param name="Class">The class.</param>
/// <param name="MinimumSquareMetres">Connected parts below this do not count.</param>
/// <param name="Reference">Name of the reference mask whose ground is taken off; null for none.</param>
public readonly record struct MeasureOrder(
    int Area, LandCoverClass Class, double MinimumSquareMetres, string? Reference);
