using SpexStream.Domain.Explanation.Judging;
using SpexStream.Domain.Explanation.Reading;

namespace SpexStream.Domain.Explanation;

/// <summary>
/// Holds every number, class, place, comparison and negation of an English text against what was measured. A text is
/// rejected by its first contradicted claim; what the facts say nothing on is listed and let pass. Pure; any thread.
/// </summary>
/// <remarks>
/// <para>A number may be off by half the unit of its last written digit; a whole number that ends in zeros by half of
/// the unit they stand for, but by 5 percent at most. "About" widens to 15 percent, a fraction in words to 7 points, a
/// size word by one step of its scale. A comma before exactly three digits parts thousands.</para>
/// <para>"Lies in" a place is held against the centroid's field of the 3 x 3 grid (halves and quadrants against the
/// centroid itself), "extends over" a place against the bounding box. A clause without a noun goes on about the last
/// subject; in a text on a scene a region's figures may match any listed region, but must match one together. Shares of
/// cloud, shadow, snow, no answer and no data are shares of all pixels.</para>
/// <para>The time is bounded by <see cref="MaxLength"/>; there are no regular expressions.</para>
/// </remarks>
public static class ExplanationChecker
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int MaxLength = 8192;

    /// <summary>Checks a text of any origin.</summary>
    public static CheckedText Check(string text, FactSheet sheet)
    {
        if (text.Length > MaxLength)
        {
            return new(RejectionReason.TooLong, []);
        }

        var remarks = new List<(string Words, int Start)>();
        var own = RemarkMask.Apply(text, sheet, (words, start) => remarks.Add((words, start)));
        if (!Readability.IsReadable(own))
        {
            return new(RejectionReason.Unreadable, []);
        }

        var tokens = Tokenizer.Read(own);
        if (remarks.Count == 0 && !tokens.Exists(token => token.Kind == TokenKind.Word))
        {
            return new(RejectionReason.Empty, []);
        }

        var claims = new ClaimList(own, tokens);
        foreach (var (words, start) in remarks)
        {
            claims.Add(ClaimKind.Status, words, start, true, "a remark of the backend",
                RejectionReason.StatusContradicted);
        }

        var isOnTopic = TextJudge.Judge(sheet, tokens, claims);
        var ordered = claims.InOrder;
        var reason = ordered.FirstOrDefault(claim => claim.Verdict == ClaimVerdict.Contradicted)?.Reason;
        return new(reason ?? (isOnTopic ? null : RejectionReason.OffTopic), ordered);
    }
}
