using System.Globalization;

namespace SpexStream.Domain.Explanation.Reading;

/// <summary>
/// Whether a text can be read as English at all. Letters that only look Latin, digits of other scripts and invisible
/// characters would let a false word or number slip past the lexicon, so a text with any of them is refused.
/// </summary>
internal static class Readability
{
    private const char LastLatin = '\u024f';
    private const char FirstEastAsian = '\u3000';

    /// <summary>Whether every character is a Latin letter, an ASCII digit, a mark or a blank.</summary>
    public static bool IsReadable(string text) => text.All(IsReadable);

    private static bool IsReadable(char c) => c < FirstEastAsian && char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => c <= LastLatin,
        UnicodeCategory.DecimalDigitNumber => char.IsAsciiDigit(c),
        UnicodeCategory.OtherNumber => "²³¹⁰⁴⁵⁶⁷⁸⁹".Contains(c, StringComparison.Ordinal),
        UnicodeCategory.Control => c is '\n' or '\r' or '\t',
        UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LetterNumber => false,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark =>
            false,
        _ => true,
    };
}
