using System.Collections.Immutable;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Scenes;

/// <summary>How scenes are worked on; the same for all scenes of a daemon.</summary>
public sealed record ProcessingOptions
{
    /// <summary>Classes to extract, each at most once.</summary>
    public ImmutableArray<LandCoverClass> Classes { get; init; } = LandCoverClasses.All;

    /// <summary>Products to write.</summary>
    public ProductKinds Products { get; init; } = ProductKinds.All;

    /// <summary>Edge of a tile in pixels: a power of two from 64 to 4096.</summary>
    public int TileSize { get; init; } = 512;

    /// <summary>How long after the first arrival missing strips are waited for.</summary>
    public TimeSpan GatherTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a scene that a late strip opened again waits for more of them, from the first of
    /// them.</summary>
    public TimeSpan LateGrace { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes that the results of a scene's tiles may take in memory; beyond, they go to its work
    /// folder.</summary>
    public long ResultBudgetBytes { get; init; } = 96L << 20;

    /// <summary>Whether the rules say of every tile, too, what they make of it where a model answers: for alerts, which
    /// believe more what two backends say. No product shows it.</summary>
    public bool SecondOpinion { get; init; }

    /// <summary>Regions that are published as observations of their own, per class.</summary>
    public int ObservedRegions { get; init; } = 10;

    /// <summary>Longest edge of the browse picture in pixels.</summary>
    public int BrowseEdge { get; init; } = 1024;

    /// <summary>Threads that put products together.</summary>
    public int AssemblyThreads { get; init; } = 2;

    /// <summary>Whether products are forced to the disk before they are renamed into place.</summary>
    public bool FlushToDisk { get; init; }
}
