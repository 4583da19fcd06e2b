namespace SpexStream.Inference.Words;

/// <summary>
/// Cuts text into the words that byte pairs are merged in, exactly as Qwen2's pattern does, in one pass without
/// a regular expression.
/// </summary>
internal static class WordCutter
{
    /// <summary>The pattern, as <c>tokenizer.json</c> writes it; its alternatives are tried in this order.</summary>
    public const string Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>Where the word that starts at a place ends.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    /// <param name="start">Below its length.</param>
    public static int End(ReadOnlySpan<char> text, int start)
    {
        var first = CharacterClasses.At(text, start, out var length);
        var second = start + length;
        switch (first)
        {
            case CharacterClass.Letter:
                return EndOf(CharacterClass.Letter, text, second);
            case CharacterClass.Number:
                return second;
            case CharacterClass.LineEnd:
                return EndOfSpace(text, start);
            default:
                break;
        }

        if (text[start] == '\'' && Contraction(text[second..]) is > 0 and var letters)
        {
            return second + letters;
        }

        if (second < text.Length && CharacterClasses.At(text, second, out length) == CharacterClass.Letter)
        {
            return EndOf(CharacterClass.Letter, text, second + length);
        }

        if (first == CharacterClass.Other)
        {
            return EndOfMarks(text, second);
        }

        return text[start] == ' ' && second < text.Length
            && CharacterClasses.At(text, second, out length) == CharacterClass.Other
                ? EndOfMarks(text, second + length)
                : EndOfSpace(text, start);
    }

    /// <summary>Letters behind an apostrophe that belong to it; 0 when it is no contraction.</summary>
    private static int Contraction(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        switch (text[0] | 0x20)
        {
            case 's' or 't' or 'm' or 'd':
                return 1;
            case 'r' or 'v' when text.Length > 1 && (text[1] | 0x20) == 'e':
            case 'l' when text.Length > 1 && (text[1] | 0x20) == 'l':
                return 2;
            default:
                // The long s folds to s.
                return text[0] == '\u017F' ? 1 : 0;
        }
    }

    private static int EndOf(CharacterClass value, ReadOnlySpan<char> text, int place)
    {
        while (place < text.Length && CharacterClasses.At(text, place, out var length) == value)
        {
            place += length;
        }

        return place;
    }

    private static int EndOfMarks(ReadOnlySpan<char> text, int place) =>
        EndOf(CharacterClass.LineEnd, text, EndOf(CharacterClass.Other, text, place));

    /// <summary>A run of white space ends behind its last line end; without one, the last blank is left to the word
    /// behind it.</summary>
    private static int EndOfSpace(ReadOnlySpan<char> text, int start)
    {
        var (end, lineEnd) = (start, -1);
        while (end < text.Length)
        {
            var value = CharacterClasses.At(text, end, out _);
            if (value == CharacterClass.LineEnd)
            {
                lineEnd = end + 1;
            }
            else if (value != CharacterClass.Space)
            {
                break;
            }

            end++;
        }

        return lineEnd > 0 ? lineEnd : end == text.Length || end == start + 1 ? end : end - 1;
    }
}
