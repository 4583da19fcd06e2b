namespace SpexStream.Domain.Explanation.Reading;

/// <summary>What a share is a share of.</summary>
internal enum Whole
{
    /// <summary>Not said.</summary>
    Unsaid,

    /// <summary>All pixels of the scene or strip.</summary>
    Extent,

    /// <summary>The pixels that could be clearly seen.</summary>
    Seen,

    /// <summary>The pixels of the class.</summary>
    Class,
}
