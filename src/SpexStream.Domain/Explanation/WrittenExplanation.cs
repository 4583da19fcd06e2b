using System.Collections.Immutable;

namespace SpexStream.Domain.Explanation;

/// <summary>What is said of a region or a scene: plain English, and the numbers behind it.</summary>
/// <param name="Text">English sentences, culture-invariant, one blank between them, no line breaks.</param>
/// <param name="Evidence">The comparisons that decided, then the other mean indices; may be empty.</param>
public sealed record WrittenExplanation(string Text, ImmutableArray<Evidence> Evidence);
