namespace SpexStream.Domain.Messages;

/// <summary>An observation in words.</summary>
/// <param name="Text">The words. Never shortened: sent whole, or left out and said so.</param>
/// <param name="Language">BCP 47 tag ("en").</param>
/// <param name="IsGenerated">Whether a language model wrote it; otherwise a template filled with numbers.</param>
/// <param name="PromptHash">Lower-case hex SHA-256 of the prompt; null where no model was asked. A template with
/// one stands in place of a model's words that the measured values contradict.</param>
public sealed record ExplanationText(string Text, string Language, bool IsGenerated, string? PromptHash = null);
