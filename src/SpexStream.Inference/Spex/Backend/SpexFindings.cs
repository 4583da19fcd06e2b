using System.Collections.Immutable;
using SpexStream.Domain.Backends;

namespace SpexStream.Inference.Spex.Backend;

/// <summary>What is known of a scene: what its rules found, which the model is told; the rules' thresholds decide
/// nothing here.</summary>
/// <param name="Prior">What the rules found; null without rules.</param>
/// <param name="Own">Remarks on the model.</param>
internal sealed record SpexFindings(ISceneFindings? Prior, ImmutableArray<string> Own) : ISceneFindings
{
    public ImmutableArray<NamedThreshold> Thresholds => [];

    public ImmutableArray<string> Remarks => [.. Own, .. Prior?.Remarks ?? []];

    public string Fingerprint => Prior?.Fingerprint ?? "local";

    public bool Equals(SpexFindings? other) =>
        other is not null && Equals(Prior, other.Prior) && Own.SequenceEqual(other.Own);

    public override int GetHashCode() => HashCode.Combine(Prior, Own.Length);
}
