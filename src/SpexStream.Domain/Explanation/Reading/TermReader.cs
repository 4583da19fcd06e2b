namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Turns tokens into terms from left to right, the longest reading first; words without meaning are
/// dropped.</summary>
internal static class TermReader
{
    private static readonly Dictionary<string, int> LateRanks = new() { ["third"] = 2, ["fifth"] = 4, ["tenth"] = 9 };

    /// <summary>All terms in the order of the text.</summary>
    public static List<Term> Read(List<Token> tokens)
    {
        var terms = new List<Term>();
        for (var at = 0; at < tokens.Count;)
        {
            if (Next(tokens, at) is { } found)
            {
                at += found.Length;
                if (found.Term.Kind is not (TermKind.Filler or TermKind.Comparison))
                {
                    terms.Add(found.Term);
                }
            }
            else
            {
                at++;
            }
        }

        return terms;
    }

    private static (Term Term, int Length)? Next(List<Token> tokens, int at)
    {
        if (Break(tokens[at].Kind) is { } mark)
        {
            return (mark with { First = at, Last = at }, 1);
        }

        var phrase = Lexicon.Find(tokens, at);
        if (phrase is { Length: > 1, Term.Kind: not TermKind.Comparison } longer)
        {
            return longer;
        }

        if (QuantityReader.Read(tokens, at) is { } quantity)
        {
            return quantity;
        }

        if (PlaceReader.Read(tokens, at) is { } place)
        {
            return place;
        }

        if (phrase is { } word)
        {
            return IsPartOfCompound(tokens, at, word.Term) ? null : word;
        }

        return Rank(tokens[at]) is { } rank ? Ranked(tokens, at, rank) : null;
    }

    private static (Term Term, int Length) Ranked(List<Token> tokens, int at, int rank)
    {
        var last = at + 1 < tokens.Count && tokens[at + 1].Text is "largest" or "biggest" ? at + 1 : at;
        return (new Term(TermKind.Rank) { Level = rank, First = at, Last = last }, last - at + 1);
    }

    /// <summary>"tree-lined", "non-water": a class word tied to a word without a meaning names something
    /// else.</summary>
    private static bool IsPartOfCompound(List<Token> tokens, int at, Term term)
    {
        if (term.Kind != TermKind.Class)
        {
            return false;
        }

        var isTiedBack = tokens[at].IsHyphenated && tokens[at - 1].Text is "non" or "ex" or "anti";
        var isTiedOn = at + 1 < tokens.Count && tokens[at + 1].IsHyphenated && Lexicon.Find(tokens, at + 1) is null
            && PlaceWord.Find(tokens[at + 1]) is null;
        return isTiedBack || isTiedOn;
    }

    private static int? Rank(Token token) => token.Kind == TokenKind.Ordinal
        ? (int)token.Value - 1
        : LateRanks.TryGetValue(token.Text, out var rank) ? rank : null;

    private static Term? Break(TokenKind kind) => kind switch
    {
        TokenKind.Comma or TokenKind.Open or TokenKind.Close => new(TermKind.SoftBreak),
        TokenKind.Colon => new(TermKind.HardBreak),
        TokenKind.Stop => new(TermKind.SentenceEnd),
        _ => null,
    };
}
