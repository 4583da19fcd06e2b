namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Reads one to three words that name a part of the image, and tells them from the same words in other
/// senses.</summary>
internal static class PlaceReader
{
    private static readonly HashSet<string> Scene =
    [
        "scene", "image", "picture", "strip", "tile", "frame", "view", "photo", "photograph", "map", "window", "area",
        "landscape", "whole",
    ];

    private static readonly HashSet<string> PartNouns =
    [
        "half", "quadrant", "quarter", "third", "part", "corner", "side", "edge", "row", "column", "portion", "area",
        "section", "region", "field", "end", "margin", "hand", "border", "sector", "parts", "areas", "corners", "sides",
        "of", "in", "at", "from", "to", "and", "or", "is", "with", "are", "has", "there", "shows", "while",
    ];

    /// <summary>Nouns that are read with the place before them.</summary>
    private static readonly HashSet<string> AfterPlace =
    [
        "half", "quadrant", "quarter", "part", "corner", "side", "edge", "third", "hand", "portion", "section", "row",
        "column", "border", "field", "margin", "sector", "end", "parts", "area", "areas", "region", "most",
    ];

    private static readonly HashSet<string> BeforePlace =
    [
        "the", "to", "on", "at", "in", "far", "and", "or", "of", "its", "from", "upper", "lower", "top", "bottom",
        "towards", "toward", "near", "along", "into", "across", "middle", "center", "centre", "extreme",
    ];

    /// <summary>The place at a token and the tokens it takes; null when none stands there.</summary>
    public static (Term Term, int Length)? Read(List<Token> tokens, int start)
    {
        var place = new PlaceWord(-1, -1, 0, false);
        var at = start;
        while (at < tokens.Count && at < start + 3 && PlaceWord.Find(tokens[at]) is { } word
            && place.With(word) is { } both)
        {
            (place, at) = (both, at + 1);
        }

        if (at == start || (at == start + 1 && !IsMeant(tokens, start)))
        {
            return null;
        }

        var area = place.Area;
        if (at < tokens.Count && tokens[at].Text is "half" or "quadrant" or "halves" || IsQuarter(tokens, at, place))
        {
            area = area.Halved();
        }

        while (at < tokens.Count && at < start + 6 && AfterPlace.Contains(tokens[at].Text))
        {
            at++;
        }

        var term = new Term(TermKind.Place)
        {
            Place = area,
            IsRelative = IsRelative(tokens, at),
            First = start,
            Last = at - 1,
        };
        return (term, at - start);
    }

    private static bool IsQuarter(List<Token> tokens, int at, PlaceWord place) =>
        at < tokens.Count && tokens[at].Text is "quarter" && place is { Column: not (-1 or 1), Row: not (-1 or 1) };

    /// <summary>Whether a single word is meant of a place: "right" beside "the", not beside "next to".</summary>
    private static bool IsMeant(List<Token> tokens, int at)
    {
        var before = at > 0 && tokens[at - 1].Kind == TokenKind.Word ? tokens[at - 1].Text : string.Empty;
        var after = at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Word ? tokens[at + 1].Text : string.Empty;
        return tokens[at].Text switch
        {
            "right" or "left" => (BeforePlace.Contains(before) || PartNouns.Contains(after))
                && after is not ("bank" or "over" or "away" or "next" or "now" or "angle"),
            "lower" or "upper" => after is not ("than" or "limit" or "bound" or "confidence" or "value" or "values"),
            "top" or "bottom" => after is not ("quality" or "soil" or "ten" or "layer"),
            "center" or "centre" or "middle" or "central" =>
                before is not ("city" or "town" or "urban" or "village" or "data"),
            "north" or "south" or "east" or "west" =>
                after is not ("america" or "africa" or "pole" or "korea" or "sea" or "coast"),
            _ => true,
        };
    }

    /// <summary>Whether "of" and something else than the image follows: the place is that of a neighbour.</summary>
    private static bool IsRelative(List<Token> tokens, int at)
    {
        if (at >= tokens.Count || tokens[at].Text != "of")
        {
            return false;
        }

        var next = at + 1;
        while (next < tokens.Count && next < at + 4
            && tokens[next].Text is "the" or "this" or "a" or "an" or "entire" or "whole" or "satellite"
                or "our" or "its")
        {
            next++;
        }

        return next < tokens.Count && tokens[next].Kind == TokenKind.Word && !Scene.Contains(tokens[next].Text);
    }
}
