using System.Buffers;

namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Recognises dates and clock times in digits, so that their numbers are not taken for measurements.</summary>
internal static class DatePattern
{
    private static readonly SearchValues<char> TimeCharacters = SearchValues.Create("0123456789:.+-Z");

    // 'd' stands for a digit; longer patterns before those that begin like them.
    private static readonly string[] Patterns =
    [
        "dddd-dd-dd", "dddd/dd/dd", "dd/dd/dddd", "d/dd/dddd", "dd/d/dddd", "d/d/dddd", "dd.dd.dddd", "d.dd.dddd",
        "d.d.dddd", "dd-dd-dddd", "dd:dd:dd", "dd:dd", "d:dd",
    ];

    /// <summary>Length of a date or time at the start of <paramref name="text"/>; 0 when there is none.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        foreach (var pattern in Patterns)
        {
            if (Matches(text, pattern))
            {
                return pattern.Length + TimeAfter(text[pattern.Length..]);
            }
        }

        return 0;
    }

    private static bool Matches(ReadOnlySpan<char> text, string pattern)
    {
        if (text.Length < pattern.Length || (text.Length > pattern.Length && char.IsAsciiDigit(text[pattern.Length])))
        {
            return false;
        }

        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == 'd' ? !char.IsAsciiDigit(text[i]) : text[i] != pattern[i])
            {
                return false;
            }
        }

        return true;
    }

    private static int TimeAfter(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[0] == 'Z')
        {
            return 1;
        }

        if (text.Length < 2 || text[0] != 'T' || !char.IsAsciiDigit(text[1]))
        {
            return 0;
        }

        var length = text[1..].IndexOfAnyExcept(TimeCharacters);
        var time = text[..(length < 0 ? text.Length : length + 1)];
        return time.TrimEnd('.').Length;
    }
}
