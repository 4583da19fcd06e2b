using System.Buffers;

namespace SpexStream.Inference.Words;

/// <summary>Finds added tokens in a text: the first that stands there, and the longest of those that begin
/// alike.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<char, AddedToken[]> _tokens;
    private readonly SearchValues<char> _firsts;

    public AddedTokens(IEnumerable<AddedToken> tokens)
    {
        _tokens = tokens.GroupBy(token => token.Text[0]).ToDictionary(
            group => group.Key, group => group.OrderByDescending(token => token.Text.Length).ToArray());
        _firsts = SearchValues.Create([.. _tokens.Keys]);
    }

    /// <summary>The next token at or behind a place; null when there is none.</summary>
    public (int Place, AddedToken Token)? Next(ReadOnlySpan<char> text, int place)
    {
        while (text[place..].IndexOfAny(_firsts) is >= 0 and var step)
        {
            place += step;
            foreach (var token in _tokens[text[place]])
            {
                if (text[place..].StartsWith(token.Text, StringComparison.Ordinal))
                {
                    return (place, token);
                }
            }

            place++;
        }

        return null;
    }
}
