namespace SpexStream.Domain.Explanation;

/// <summary>What the measured facts say to a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>They say the same.</summary>
    Supported,

    /// <summary>They say otherwise; the whole text is rejected.</summary>
    Contradicted,

    /// <summary>They say nothing.</summary>
    NotCheckable,
}
