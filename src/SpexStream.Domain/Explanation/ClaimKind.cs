namespace SpexStream.Domain.Explanation;

/// <summary>What a claim of a text is about.</summary>
public enum ClaimKind
{
    /// <summary>That a class is there, or is not.</summary>
    Presence,

    /// <summary>How many regions, or which of them by size.</summary>
    Count,

    /// <summary>An area in pixels or on the ground.</summary>
    Area,

    /// <summary>A share of the scene, of what was seen, or of the class.</summary>
    Share,

    /// <summary>Where on the image.</summary>
    Place,

    /// <summary>Where on Earth.</summary>
    Coordinates,

    /// <summary>A size in a word.</summary>
    Size,

    /// <summary>How sure.</summary>
    Confidence,

    /// <summary>What could be seen, and what hid the rest.</summary>
    Visibility,

    /// <summary>An index or a threshold.</summary>
    Index,

    /// <summary>How two regions lie to each other.</summary>
    Relation,

    /// <summary>Preliminary or not, complete or not, screened or not, at the edge or not.</summary>
    Status,

    /// <summary>A number or word that no measured fact answers to.</summary>
    Other,
}
