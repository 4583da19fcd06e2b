using System.Collections.Immutable;
using SpexStream.Domain.Backends;

namespace SpexStream.Inference.Segmentation;

/// <summary>What is known of a scene without a pass over it: nothing but what the model cannot tell.</summary>
internal sealed record SegmentationFindings(ImmutableArray<string> Remarks) : ISceneFindings
{
    public ImmutableArray<NamedThreshold> Thresholds => [];

    // The model and its digest are the backend's version; the scene adds nothing.
    public string Fingerprint => "local";

    public bool Equals(SegmentationFindings? other) => other is not null && Remarks.SequenceEqual(other.Remarks);

    public override int GetHashCode() => Remarks.Length;
}
