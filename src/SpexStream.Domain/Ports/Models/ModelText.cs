namespace SpexStream.Domain.Ports.Models;

/// <summary>What a model said about one tile in words, as it came: not checked against the measured values yet.</summary>
/// <param name="Text">The text.</param>
/// <param name="PromptHash">Digest of what it was asked, lower-case hex.</param>
public sealed record ModelText(string Text, string PromptHash);
