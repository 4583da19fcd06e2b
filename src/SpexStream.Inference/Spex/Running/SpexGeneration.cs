using System.Collections.Immutable;

namespace SpexStream.Inference.Spex.Running;

/// <summary>How answers are generated.</summary>
/// <param name="MostNewTokens">Most tokens of an answer, at least 1.</param>
/// <param name="EndTokens">Tokens that end an answer.</param>
public sealed record SpexGeneration(int MostNewTokens, ImmutableArray<int> EndTokens)
{
    /// <summary>Draws tokens by chance; null takes the likeliest each time.</summary>
    public SpexSampling? Sampling { get; init; }
}
