using System.Globalization;

namespace SpexStream.Inference.Words;

/// <summary>Classes of characters, from a table for all that take one UTF-16 unit.</summary>
internal static class CharacterClasses
{
    private static readonly CharacterClass[] Table = MakeTable();

    /// <summary>The class of the character at a place, and how many units it takes.</summary>
    public static CharacterClass At(ReadOnlySpan<char> text, int place, out int length)
    {
        var unit = text[place];
        if (!char.IsSurrogate(unit))
        {
            length = 1;
            return Table[unit];
        }

        length = 2;
        return OfCategory(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(unit, text[place + 1])));
    }

    private static CharacterClass[] MakeTable()
    {
        var table = new CharacterClass[char.MaxValue + 1];
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            table[unit] = unit is '\r' or '\n' ? CharacterClass.LineEnd
                : char.IsWhiteSpace((char)unit) ? CharacterClass.Space
                : OfCategory(CharUnicodeInfo.GetUnicodeCategory(unit));
        }

        return table;
    }

    private static CharacterClass OfCategory(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterClass.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber => CharacterClass.Number,
        _ => CharacterClass.Other,
    };
}
