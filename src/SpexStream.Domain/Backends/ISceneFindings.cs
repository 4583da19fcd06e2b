using System.Collections.Immutable;

namespace SpexStream.Domain.Backends;

/// <summary>What the passes over a scene found, and what of it a product must name. Immutable, compared by
/// value.</summary>
public interface ISceneFindings
{
    /// <summary>The rules and thresholds in force, for the product's metadata and the explanation.</summary>
    ImmutableArray<NamedThreshold> Thresholds { get; }

    /// <summary>Remarks for the product, in plain English ("not screened for cloud"); may be empty.</summary>
    ImmutableArray<string> Remarks { get; }

    /// <summary>The same text for the same findings, in every process: answers that rest on equal findings are
    /// equal.</summary>
    string Fingerprint { get; }
}
