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
}
