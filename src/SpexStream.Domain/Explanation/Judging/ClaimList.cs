using System.Collections.Immutable;
using SpexStream.Domain.Explanation.Reading;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>Gathers the claims of one text.</summary>
internal sealed class ClaimList(string text, List<Token> tokens)
{
    private readonly List<Claim> _claims = [];

    /// <summary>The claims in the order of the text.</summary>
    public ImmutableArray<Claim> InOrder => [.. _claims.OrderBy(claim => claim.Start)];

    /// <summary>Adds a claim; <paramref name="truth"/> is null where the facts say nothing.</summary>
    public void Add(ClaimKind kind, Term term, bool? truth, string why, RejectionReason reason)
    {
        var start = tokens[term.First].Start;
        Add(kind, text[start..tokens[term.Last].End], start, truth, why, reason);
    }

    /// <summary>Adds a claim on characters of the text.</summary>
    public void Add(ClaimKind kind, string words, int start, bool? truth, string why, RejectionReason reason)
    {
        var verdict = truth switch
        {
            true => ClaimVerdict.Supported,
            false => ClaimVerdict.Contradicted,
            null => ClaimVerdict.NotCheckable,
        };
        _claims.Add(new(kind, words, start, verdict, why, truth == false ? reason : null));
    }
}
