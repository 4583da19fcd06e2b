namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Reads the unit behind a number, and what it is worth in pixels, square metres or metres.</summary>
internal static class UnitReader
{
    private static readonly (string[] Words, Unit Unit, double Factor)[] Units = [.. Build()];

    /// <summary>The unit at a token and the tokens it takes; no tokens when none stands there.</summary>
    public static (Unit Unit, double Factor, int Length) Read(List<Token> tokens, int at)
    {
        if (at >= tokens.Count)
        {
            return (Unit.None, 1, 0);
        }

        if (tokens[at].Kind is TokenKind.Percent or TokenKind.Degree)
        {
            return (tokens[at].Kind == TokenKind.Percent ? Unit.Percent : Unit.Degrees, 1, 1);
        }

        foreach (var (words, unit, factor) in Units)
        {
            var length = Length(tokens, at, words);
            if (length > 0)
            {
                return (unit, factor, length);
            }
        }

        return (Unit.None, 1, 0);
    }

    /// <summary>Tokens that the words take; an abbreviation's full stop counts with them.</summary>
    private static int Length(List<Token> tokens, int at, string[] words)
    {
        var next = at;
        foreach (var word in words)
        {
            if (next >= tokens.Count || tokens[next].Kind != TokenKind.Word || tokens[next].Text != word)
            {
                return 0;
            }

            next++;
            if (word == "sq" && next < tokens.Count && tokens[next].Kind == TokenKind.Other)
            {
                next++;
            }
        }

        return next - at;
    }

    private static IEnumerable<(string[] Words, Unit Unit, double Factor)> Build()
    {
        (string Phrases, Unit Unit, double Factor)[] rows =
        [
            ("square kilometres|square kilometre|square kilometers|square kilometer|sq km|km2|km 2|kilometres squared"
                + "|sqkm|km squared", Unit.SquareMetres, 1e6),
            ("square metres|square metre|square meters|square meter|sq m|m2|metres squared|sqm|m squared",
                Unit.SquareMetres, 1),
            ("square miles|square mile|sq mi|mi2", Unit.SquareMetres, 2589988.110336),
            ("square feet|square foot|sq ft|ft2", Unit.SquareMetres, 0.09290304),
            ("hectares|hectare|ha", Unit.SquareMetres, 1e4),
            ("acres|acre", Unit.SquareMetres, 4046.8564224),
            ("pixels|pixel|px|pix", Unit.Pixels, 1),
            ("megapixels|megapixel", Unit.Pixels, 1e6),
            ("percent|per cent|pct|percentage points", Unit.Percent, 1),
            ("degrees|degree|deg", Unit.Degrees, 1),
            ("km|kilometres|kilometre|kilometers|kilometer", Unit.Metres, 1e3),
            ("metres|metre|meters|meter|m", Unit.Metres, 1),
            ("miles|mile|mi", Unit.Metres, 1609.344),
            ("feet|ft", Unit.Metres, 0.3048),
            ("seconds|minutes|hours|days|weeks|months|years|year|utc|am|pm|times|bands|bit|bits|images|classes|people"
                + "|passes|orbits|band|hour|day", Unit.Label, 1),
        ];
        return rows
            .SelectMany(row => row.Phrases.Split('|').Select(phrase => (phrase.Split(' '), row.Unit, row.Factor)))
            .OrderByDescending(row => row.Item1.Length);
    }
}
