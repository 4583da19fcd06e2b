using System.Collections.Immutable;

namespace SpexStream.Domain.Explanation;

/// <summary>A text that may go out, and how it came to be.</summary>
/// <param name="Text">Never empty; the model's, or that of the template in its place.</param>
/// <param name="Source">Who wrote it.</param>
/// <param name="Rejection">Why the model's text was not taken; null when it was, or when there was none to
/// judge.</param>
/// <param name="Claims">What was found in the model's text, in its order; empty without one.</param>
public sealed record JudgedText(
    string Text, TextSource Source, RejectionReason? Rejection, ImmutableArray<Claim> Claims)
{
    /// <summary>How events name the source: <c>model</c> or <c>template</c>.</summary>
    public string SourceName => Source == TextSource.Model ? "model" : "template";
}
