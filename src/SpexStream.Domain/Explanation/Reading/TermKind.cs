namespace SpexStream.Domain.Explanation.Reading;

/// <summary>What a word or phrase does in a sentence.</summary>
internal enum TermKind
{
    /// <summary>Names a class.</summary>
    Class,

    /// <summary>Names a place on the image.</summary>
    Place,

    /// <summary>A number, a share in words, or how many; with its unit.</summary>
    Quantity,

    /// <summary>"largest", "second", "smallest": which region by size.</summary>
    Rank,

    /// <summary>A size word of the SPIE scale.</summary>
    Size,

    /// <summary>What a number beside it measures: cloud, confidence, strips.</summary>
    Topic,

    /// <summary>"low", "high": meant of confidence where that is the topic.</summary>
    Level,

    /// <summary>A whole phrase on the state of the product.</summary>
    Status,

    /// <summary>An index by name.</summary>
    Index,

    /// <summary>The word threshold.</summary>
    Threshold,

    /// <summary>"no", "none", "without".</summary>
    None,

    /// <summary>"not", "never".</summary>
    Not,

    /// <summary>"may", "perhaps", "cannot be told".</summary>
    Hedge,

    /// <summary>"region", "area", "patch".</summary>
    RegionNoun,

    /// <summary>"found", "seen", "there": says that something exists.</summary>
    Exists,

    /// <summary>"lies", "located".</summary>
    Lies,

    /// <summary>"extends", "stretches", "along".</summary>
    Extends,

    /// <summary>"covers", "fills".</summary>
    Covers,

    /// <summary>"it", "its", "this".</summary>
    Pronoun,

    /// <summary>What a share is a share of.</summary>
    Whole,

    /// <summary>"in total".</summary>
    Total,

    /// <summary>"wide", "long", "away": a length beside it is no area.</summary>
    Length,

    /// <summary>A comparison before a number.</summary>
    Comparison,

    /// <summary>Words that mean nothing to the check but must not be read singly.</summary>
    Filler,

    /// <summary>A comma, bracket or "and".</summary>
    SoftBreak,

    /// <summary>A semicolon, colon or "but".</summary>
    HardBreak,

    /// <summary>The end of a sentence.</summary>
    SentenceEnd,
}
