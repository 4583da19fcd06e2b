using System.Collections.Immutable;

namespace SpexStream.Domain.Alerts.Change;

/// <summary>
/// Gains and losses of a class in an area from one pass to the next, in square metres of the newer scene's pixels. What
/// is gained or lost was clearly seen in both passes: <c>Compared + Unseen</c> is the area. Every pixel counts,
/// whatever the size of its part.
/// </summary>
public sealed record ChangeFigures
{
    /// <summary>The class now and not before.</summary>
    public required double Gained { get; init; }

    /// <summary>The class before and not now.</summary>
    public required double Lost { get; init; }

    /// <summary>The class in both.</summary>
    public required double Stayed { get; init; }

    /// <summary>The class now, where the older pass saw nothing: it may be new or not.</summary>
    public required double PerhapsGained { get; init; }

    /// <summary>The class before, where the newer pass sees nothing: it may be gone or not.</summary>
    public required double PerhapsLost { get; init; }

    /// <summary>Clearly seen in both passes.</summary>
    public required double Compared { get; init; }

    /// <summary>Not clearly seen in one of them, or in neither; what lies off a scene included.</summary>
    public required double Unseen { get; init; }

    /// <summary>The largest gains, largest first.</summary>
    public required ImmutableArray<ChangePatch> GainedPatches { get; init; }

    /// <summary>The largest losses, the same way.</summary>
    public required ImmutableArray<ChangePatch> LostPatches { get; init; }

    /// <summary>Whether there were gains or losses beyond those outlined.</summary>
    public required bool OutlinesAreIncomplete { get; init; }
}
