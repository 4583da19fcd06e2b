using System.Collections.Immutable;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Backends;

/// <summary>What is wanted of a model on a scene.</summary>
public sealed record LearnedOptions
{
    /// <summary>Classes to extract.</summary>
    public ImmutableArray<LandCoverClass> Classes { get; init; } = LandCoverClasses.All;

    /// <summary>The rules for the same scene (<see cref="ILearnedBackend.Fallback"/>); null where the bands do not
    /// suffice
    /// for them.</summary>
    public ITileBackend? Fallback { get; init; }

    /// <summary>Edge of the scene's tiles in pixels.</summary>
    public int TileSize { get; init; } = 512;

    /// <summary>What a model that takes instructions is asked, in a station's own words
    /// (<see cref="Spie.SpieInstruction"/>); null for its own questions.</summary>
    public string? Instruction { get; init; }
}
