namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Tells numbers that name something (a sensor, a band, a date) from numbers that measure something.</summary>
internal static class LabelWords
{
    private static readonly HashSet<string> Months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    ];

    private static readonly HashSet<string> Names =
    [
        "sentinel", "landsat", "spot", "band", "bands", "channel", "tile", "strip", "epsg", "utm", "version", "level",
        "zone", "worldview", "gaofen", "modis", "row", "path", "orbit", "figure", "revision", "terra", "aqua",
    ];

    private static readonly HashSet<string> BeforeYear = ["in", "since", "year", "of", "during", "by", "from", "until"];

    /// <summary>Whether the number at a token is part of a name or a date.</summary>
    public static bool IsLabel(List<Token> tokens, int at)
    {
        var number = tokens[at];
        var before = at > 0 && tokens[at - 1].Kind == TokenKind.Word ? tokens[at - 1].Text : string.Empty;
        var after = at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Word ? tokens[at + 1] : default;
        if (Names.Contains(before) || (number.IsHyphenated && before.Length > 0))
        {
            return true;
        }

        if (!number.IsWhole)
        {
            return false;
        }

        var isYear = number.Value is >= 1900 and <= 2100 && number.Text.Length == 4;
        return IsMonth(tokens, at - 1, before) && number.Value <= 2100
            || (number.Value <= 31 && after.Text is { } month && Months.Contains(month) && after.IsCapital)
            || (isYear && BeforeYear.Contains(before) && UnitReader.Read(tokens, at + 1).Length == 0
                && !IsCounted(after));
    }

    // "May" is a month with its capital only; "12 March 2026" and "March 12, 2026" both lie next to it.
    private static bool IsMonth(List<Token> tokens, int at, string word) =>
        at >= 0 && Months.Contains(word) && tokens[at].IsCapital;

    private static bool IsCounted(Token after) => after.Text is "regions" or "lakes" or "areas" or "of" or "ponds";
}
