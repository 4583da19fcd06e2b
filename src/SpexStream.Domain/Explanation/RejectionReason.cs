namespace SpexStream.Domain.Explanation;

/// <summary>Why a text was rejected: a small closed set, fit for a metric's label.</summary>
public enum RejectionReason
{
    /// <summary>No word in it.</summary>
    Empty,

    /// <summary>Longer than <see cref="ExplanationChecker.MaxLength"/>.</summary>
    TooLong,

    /// <summary>Letters of another script, control or invisible characters: it cannot be read as English.</summary>
    Unreadable,

    /// <summary>It never names the class that it should explain.</summary>
    OffTopic,

    /// <summary>A class is there that should not be, or not there that should.</summary>
    ClassContradicted,

    /// <summary>The text denies what was measured.</summary>
    NegationContradicted,

    /// <summary>An area, share, index or confidence is another.</summary>
    NumberContradicted,

    /// <summary>There are more or fewer regions, or another one is the largest.</summary>
    CountContradicted,

    /// <summary>It is said of a quantity in a unit that the quantity does not have.</summary>
    UnitContradicted,

    /// <summary>It lies elsewhere, on the image or on Earth.</summary>
    PlaceContradicted,

    /// <summary>A word for its size is far off.</summary>
    SizeContradicted,

    /// <summary>Two regions lie otherwise to each other.</summary>
    RelationContradicted,

    /// <summary>More, less or something else was hidden.</summary>
    VisibilityContradicted,

    /// <summary>Preliminary for final, screened for not screened, at the edge for not, or the other way
    /// round.</summary>
    StatusContradicted,
}
