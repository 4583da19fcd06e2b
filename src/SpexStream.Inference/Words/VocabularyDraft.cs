namespace SpexStream.Inference.Words;

/// <summary>What the files of a tokenizer say, not checked yet.</summary>
/// <param name="Path">The file or folder, for messages.</param>
internal sealed record VocabularyDraft(string Path)
{
    /// <summary>Numbers by the tokens' texts, in the alphabet of bytes.</summary>
    public Dictionary<string, int> Tokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Merges, the first one first.</summary>
    public List<(string Left, string Right)> Merges { get; } = [];

    /// <summary>Tokens that are kept whole.</summary>
    public List<AddedToken> Added { get; } = [];

    /// <summary>What was found wrong while reading.</summary>
    public List<string> Faults { get; } = [];
}
