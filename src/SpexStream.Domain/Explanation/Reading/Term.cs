using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Explanation.Reading;

/// <summary>A word or phrase with what it means; only the members of its kind are set.</summary>
internal sealed record Term(TermKind Kind)
{
    /// <summary>First token.</summary>
    public int First { get; init; }

    /// <summary>Last token.</summary>
    public int Last { get; init; }

    /// <summary>The class named.</summary>
    public LandCoverClass Class { get; init; }

    /// <summary>Whether partial surface water is left aside ("open water").</summary>
    public bool IsOpenWater { get; init; }

    /// <summary>Whether the word says more than a spectral class can ("flood").</summary>
    public bool IsBeyondEvidence { get; init; }

    /// <summary>What a number beside it measures.</summary>
    public Topic Topic { get; init; }

    /// <summary>State of the product.</summary>
    public Status Status { get; init; }

    /// <summary>What a share is a share of.</summary>
    public Whole Whole { get; init; }

    /// <summary>Comparison before a number.</summary>
    public Comparison Comparison { get; init; }

    /// <summary>Index named.</summary>
    public IndexKind Index { get; init; }

    /// <summary>Size rank, confidence band, or rank of a region from 0; -1 is the smallest.</summary>
    public int Level { get; init; }

    /// <summary>Place named.</summary>
    public PlaceArea Place { get; init; }

    /// <summary>Whether the place is meant of the thing named after it ("left of the lake").</summary>
    public bool IsRelative { get; init; }

    /// <summary>Values that a quantity allows.</summary>
    public ValueRange Range { get; init; }

    /// <summary>Unit of the quantity.</summary>
    public Unit Unit { get; init; }

    /// <summary>The second number of "3 of 5"; 0 when there is none.</summary>
    public double OutOf { get; init; }

    /// <summary>Sign of a hemisphere: +1 N or E, -1 S or W; 0 when none was said.</summary>
    public int Hemisphere { get; init; }

    /// <summary>Whether the hemisphere, or the word before the number, says latitude; null when nothing does.</summary>
    public bool? IsLatitude { get; init; }

    /// <summary>Whether a count is loose, or an article: "some", "a few", "one" of several.</summary>
    public bool IsLoose { get; init; }
}
