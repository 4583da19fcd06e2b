using System.Collections.Immutable;
using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Alerts.Change;

/// <summary>
/// What became of a class in an area from one pass to the next, on the grid of the newer one. Everything in square
/// metres. A gain or loss counts only where both passes saw clearly; what could not be compared stands beside it:
/// <c>SeenInBoth + SeenNowOnly + SeenBeforeOnly + SeenInNeither</c> is the area on the newer scene.
/// </summary>
public sealed record AreaChange
{
    /// <summary>The class now and not before.</summary>
    public required double Gained { get; init; }

    /// <summary>The class before and not now.</summary>
    public required double Lost { get; init; }

    /// <summary>The class in both.</summary>
    public required double Stayed { get; init; }

    /// <summary>The class now, where the older pass saw nothing: it may be new or not.</summary>
    public required double PresentUnknownBefore { get; init; }

    /// <summary>The class before, where the newer pass sees nothing: it may be gone or not.</summary>
    public required double PresentBeforeUnknownNow { get; init; }

    /// <summary>Clearly seen in both passes.</summary>
    public required double SeenInBoth { get; init; }

    /// <summary>Clearly seen in the newer pass only.</summary>
    public required double SeenNowOnly { get; init; }

    /// <summary>Clearly seen in the older pass only.</summary>
    public required double SeenBeforeOnly { get; init; }

    /// <summary>Seen in neither.</summary>
    public required double SeenInNeither { get; init; }

    /// <summary>Outlines of the largest gains, largest first, in corners of the newer scene's pixels.</summary>
    public required ImmutableArray<RegionOutline> GainedOutlines { get; init; }

    /// <summary>Outlines of the largest losses, the same way.</summary>
    public required ImmutableArray<RegionOutline> LostOutlines { get; init; }

    /// <summary>Whether there were gains or losses beyond those outlined: smaller ones, or so many pieces that none
    /// were outlined.</summary>
    public required bool OutlinesAreIncomplete { get; init; }
}
