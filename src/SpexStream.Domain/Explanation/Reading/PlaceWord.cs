using System.Collections.Frozen;

namespace SpexStream.Domain.Explanation.Reading;

/// <summary>One word for a part of the image: a column, a row (-1 where it says nothing), or how often
/// "middle".</summary>
internal readonly record struct PlaceWord(int Column, int Row, int Middles, bool IsCompass)
{
    private static readonly FrozenDictionary<string, PlaceWord> Words = Build();

    /// <summary>The fields that the words together name.</summary>
    public PlaceArea Area
    {
        get
        {
            // "middle" fills the direction that no other word names; alone it is the centre.
            var column = Column < 0 && Middles > 0 ? 1 : Column;
            var row = Row < 0 && Middles > 0 ? 1 : Row;
            return PlaceArea.Thirds(column, row) with { IsCompass = IsCompass };
        }
    }

    /// <summary>The meaning of a token; null when it names no place.</summary>
    public static PlaceWord? Find(Token token) =>
        token.Kind == TokenKind.Word && Words.TryGetValue(token.Text, out var word) ? word : null;

    /// <summary>Both words together; null when they name the same direction twice.</summary>
    public PlaceWord? With(PlaceWord other)
    {
        if ((Column >= 0 && other.Column >= 0) || (Row >= 0 && other.Row >= 0))
        {
            return null;
        }

        return new(Math.Max(Column, other.Column), Math.Max(Row, other.Row), Middles + other.Middles,
            IsCompass || other.IsCompass);
    }

    private static FrozenDictionary<string, PlaceWord> Build()
    {
        (string Words, PlaceWord Meaning)[] rows =
        [
            ("top upper uppermost", new(-1, 0, 0, false)),
            ("bottom lower lowermost", new(-1, 2, 0, false)),
            ("left leftmost", new(0, -1, 0, false)),
            ("right rightmost", new(2, -1, 0, false)),
            ("center centre central middle mid", new(-1, -1, 1, false)),
            ("north northern northernmost northward", new(-1, 0, 0, true)),
            ("south southern southernmost southward", new(-1, 2, 0, true)),
            ("west western westernmost westward", new(0, -1, 0, true)),
            ("east eastern easternmost eastward", new(2, -1, 0, true)),
            ("northwest northwestern", new(0, 0, 0, true)),
            ("northeast northeastern", new(2, 0, 0, true)),
            ("southwest southwestern", new(0, 2, 0, true)),
            ("southeast southeastern", new(2, 2, 0, true)),
        ];
        return rows.SelectMany(row => row.Words.Split(' ').Select(word => (word, row.Meaning)))
            .ToFrozenDictionary(pair => pair.word, pair => pair.Meaning);
    }
}
