namespace SpexStream.Inference.Words;

/// <summary>What the pattern that cuts text into words asks of a character.</summary>
internal enum CharacterClass : byte
{
    /// <summary>None of the others: punctuation, symbols, marks, what is not assigned.</summary>
    Other,

    /// <summary>Unicode's L.</summary>
    Letter,

    /// <summary>Unicode's N.</summary>
    Number,

    /// <summary>White space other than line ends.</summary>
    Space,

    /// <summary>Carriage return or line feed.</summary>
    LineEnd,
}
