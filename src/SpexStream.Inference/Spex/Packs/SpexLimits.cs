using System.Collections.Immutable;

namespace SpexStream.Inference.Spex.Packs;

/// <summary>Bounds of an answer.</summary>
/// <param name="MostNewTokens">Most tokens of an answer.</param>
/// <param name="MostPositions">Most tokens of prompt, image and answer together; the cache is allocated for it.</param>
/// <param name="EndTokens">Tokens that end an answer.</param>
public sealed record SpexLimits(int MostNewTokens, int MostPositions, ImmutableArray<int> EndTokens);
