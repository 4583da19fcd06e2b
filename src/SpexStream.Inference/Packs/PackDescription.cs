using System.Collections.Immutable;

namespace SpexStream.Inference.Packs;

/// <summary>What a <c>model.json</c> says of a segmentation model (docs/models.md).</summary>
public sealed record PackDescription
{
    /// <summary>Name, as products tell it.</summary>
    public required string Name { get; init; }

    /// <summary>Version, as products tell it.</summary>
    public required string Version { get; init; }

    /// <summary>What kind of network it is, in its makers' words.</summary>
    public required string Architecture { get; init; }

    /// <summary>What it is for, by the words of MLM.</summary>
    public required ImmutableArray<string> Tasks { get; init; }

    /// <summary>What it takes.</summary>
    public required PackInput Input { get; init; }

    /// <summary>What it gives.</summary>
    public required PackOutput Output { get; init; }

    /// <summary>How windows are laid over a tile.</summary>
    public required PackTiling Tiling { get; init; }

    /// <summary>File of the graph, a name within the pack.</summary>
    public required string GraphFile { get; init; }

    /// <summary>SHA-256 that the graph's file must have, lower-case hex; null where none is given.</summary>
    public required string? GraphSha256 { get; init; }
}
