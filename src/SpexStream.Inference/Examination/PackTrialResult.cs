using System.Collections.Immutable;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Examination;

/// <summary>What a pack gave on a made tile.</summary>
/// <param name="Identity">Which model it was.</param>
/// <param name="Provider">What computed.</param>
/// <param name="Windows">Windows of the tile; questions on it of a model that is asked.</param>
/// <param name="InferSeconds">Time of its inference, after the warm-up.</param>
/// <param name="MemoryBytes">Bytes that the session holds.</param>
/// <param name="Covers">Pixels of each cover code that was given.</param>
/// <param name="Faults">What was wrong with the answer; empty when nothing was.</param>
public sealed record PackTrialResult(
    ModelIdentity Identity, string Provider, int Windows, double InferSeconds, long MemoryBytes,
    ImmutableSortedDictionary<byte, long> Covers, ImmutableArray<string> Faults)
{
    /// <summary>What the model said; null for one that does not speak.</summary>
    public string? Words { get; init; }

    /// <summary>Tokens of what it said.</summary>
    public int Tokens { get; init; }
}
