namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Tells a coordinate by its hemisphere, or by the word latitude or longitude before it.</summary>
internal static class CoordinateReader
{
    private const int WordsBefore = 3;

    /// <summary>The quantity with its hemisphere; <paramref name="at"/> moves behind the letter or word.</summary>
    public static Term Complete(Term term, List<Token> tokens, int start, ref int at)
    {
        if (term.Unit is not (Unit.None or Unit.Degrees))
        {
            return term;
        }

        if (at < tokens.Count && Hemisphere(tokens[at], term.Unit) is { } found)
        {
            at++;
            return term with { Unit = Unit.Degrees, Hemisphere = found.Sign, IsLatitude = found.IsLatitude };
        }

        for (var before = start - 1; before >= Math.Max(0, start - WordsBefore); before--)
        {
            if (tokens[before].Text is "latitude" or "lat" or "longitude" or "lon" or "long")
            {
                return term with
                {
                    Unit = Unit.Degrees,
                    IsLatitude = tokens[before].Text.StartsWith("lat", StringComparison.Ordinal)
                };
            }
        }

        return term;
    }

    private static (int Sign, bool IsLatitude)? Hemisphere(Token token, Unit unit)
    {
        var isLetter = token.Text.Length == 1 && token.IsCapital;
        return token.Text switch
        {
            "n" when isLetter => (1, true),
            "s" when isLetter => (-1, true),
            "e" when isLetter => (1, false),
            "w" when isLetter => (-1, false),
            "north" or "northern" when unit == Unit.Degrees => (1, true),
            "south" or "southern" when unit == Unit.Degrees => (-1, true),
            "east" when unit == Unit.Degrees => (1, false),
            "west" when unit == Unit.Degrees => (-1, false),
            _ => null,
        };
    }
}
