using System.Collections.Immutable;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Packs;

/// <summary>What the <c>model.json</c> of a SPEX pack says (docs/models-spex.md).</summary>
public sealed record SpexDescription
{
    /// <summary>Name, as products tell it.</summary>
    public required string Name { get; init; }

    /// <summary>Version, as products tell it.</summary>
    public required string Version { get; init; }

    /// <summary>False for weights that were drawn at random: what the model says then means nothing.</summary>
    public required bool Trained { get; init; }

    /// <summary>Number format of the large products.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Sizes.</summary>
    public required SpexSizes Sizes { get; init; }

    /// <summary>Input.</summary>
    public required SpexInput Input { get; init; }

    /// <summary>Bounds.</summary>
    public required SpexLimits Limits { get; init; }

    /// <summary>The word that stands for each class in an instruction, by the class's name.</summary>
    public required ImmutableSortedDictionary<string, string> ClassWords { get; init; }

    /// <summary>SHA-256 of every other file of the pack, lower-case hex, by its name.</summary>
    public required ImmutableSortedDictionary<string, string> Files { get; init; }
}
