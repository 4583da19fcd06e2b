namespace SpexStream.Domain.Explanation.Reading;

/// <summary>What a run of characters is.</summary>
internal enum TokenKind
{
    Word,
    Number,
    Ordinal,
    Date,
    Percent,
    Degree,
    Compare,
    Slash,
    Plus,
    Comma,
    Open,
    Close,
    Colon,
    Stop,
    Other,
}
