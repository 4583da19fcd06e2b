using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Ports.Models;

/// <summary>What a model said about one class on one tile in words, as it came: not checked against the measured values
/// yet.</summary>
/// <param name="Class">The class that it was asked for.</param>
/// <param name="Text">The text; may be empty.</param>
/// <param name="PromptHash">SHA-256 of what it was asked, lower-case hex.</param>
public sealed record ModelText(LandCoverClass Class, string Text, string PromptHash);
