using System.Collections.Frozen;

namespace SpexStream.Domain.Explanation.Reading;

/// <summary>
/// Finds the longest known phrase at a place of a text. Phrases are listed by their first word, so that a look-up costs
/// the few phrases that begin alike.
/// </summary>
internal static class Lexicon
{
    private static readonly FrozenDictionary<string, Entry[]> Entries = Build();

    /// <summary>The term of the longest phrase that starts at a token, and how many tokens it takes; null for
    /// none.</summary>
    public static (Term Term, int Length)? Find(List<Token> tokens, int at)
    {
        if (tokens[at].Kind is not (TokenKind.Word or TokenKind.Ordinal)
            || !Entries.TryGetValue(tokens[at].Text, out var entries))
        {
            return null;
        }

        foreach (var entry in entries)
        {
            if (Matches(tokens, at, entry.Words))
            {
                return (entry.Term with { First = at, Last = at + entry.Words.Length - 1 }, entry.Words.Length);
            }
        }

        return null;
    }

    private static bool Matches(List<Token> tokens, int at, string[] words)
    {
        if (at + words.Length > tokens.Count)
        {
            return false;
        }

        for (var i = 1; i < words.Length; i++)
        {
            var token = tokens[at + i];
            if (token.Kind is not (TokenKind.Word or TokenKind.Ordinal) || token.Text != words[i])
            {
                return false;
            }
        }

        return true;
    }

    private static FrozenDictionary<string, Entry[]> Build() =>
        new[] { ClassWords.All, TopicWords.All, GrammarWords.All, QuantityWords.All }
            .SelectMany(words => words)
            .SelectMany(pair => pair.Phrases.Split('|').Select(
                phrase => new Entry(phrase.Trim().Split(' '), pair.Term)))
            .GroupBy(entry => entry.Words[0])
            .ToFrozenDictionary(
                group => group.Key,
                group => group.OrderByDescending(entry => entry.Words.Length).ToArray());

    private sealed record Entry(string[] Words, Term Term);
}
