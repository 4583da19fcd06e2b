using System.Collections.Immutable;

namespace SpexStream.Domain.Explanation;

/// <summary>The verdict on a whole text.</summary>
/// <param name="Reason">Why it is rejected: that of the first contradicted claim; null when it is accepted.</param>
/// <param name="Claims">Every claim found, in the order of the text.</param>
public sealed record CheckedText(RejectionReason? Reason, ImmutableArray<Claim> Claims)
{
    /// <summary>Whether nothing in the text speaks against the facts. Says nothing on what could not be
    /// checked.</summary>
    public bool IsAccepted => Reason is null;

    /// <summary>The claims that speak against the facts.</summary>
    public IEnumerable<Claim> Contradicted => Claims.Where(claim => claim.Verdict == ClaimVerdict.Contradicted);
}
