namespace SpexStream.Domain.Messages;

/// <summary>Which model or rule set gave an answer.</summary>
/// <param name="Name">Name.</param>
/// <param name="Version">Version.</param>
/// <param name="Sha256">Lower-case hex digest of its files; null for built-in rules.</param>
/// <param name="Href">Where its description (STAC MLM Item) lies; null for built-in rules.</param>
public sealed record ModelFacts(string Name, string Version, string? Sha256 = null, string? Href = null)
{
    /// <summary>Whether its weights were drawn at random, so that what it says means nothing. Every message that rests
    /// on such an answer says so.</summary>
    public bool IsUntrained { get; init; }
}
