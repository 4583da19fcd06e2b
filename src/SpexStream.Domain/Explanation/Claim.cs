namespace SpexStream.Domain.Explanation;

/// <summary>One thing that a text says, and how it compares with what was measured.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Words">The words of the text that make it.</param>
/// <param name="Start">Where they start in the text, in characters.</param>
/// <param name="Verdict">What the facts say.</param>
/// <param name="Why">The measured side in a few words; never empty.</param>
/// <param name="Reason">Why it is contradicted; null for the other verdicts.</param>
public sealed record Claim(
    ClaimKind Kind, string Words, int Start, ClaimVerdict Verdict, string Why, RejectionReason? Reason);
