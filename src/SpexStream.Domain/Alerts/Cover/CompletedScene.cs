using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>A scene whose regions are joined, ready to be measured. All of it stays the caller's.</summary>
public sealed record CompletedScene
{
    /// <summary>The scene; sensed up to its last strip.</summary>
    public required SceneSpec Scene { get; init; }

    /// <summary>Revision of its product.</summary>
    public required int Revision { get; init; }

    /// <summary>Where its pixels lie.</summary>
    public required GroundMap Map { get; init; }

    /// <summary>How much ground they cover.</summary>
    public required IPixelArea Ground { get; init; }

    /// <summary>Its tiles.</summary>
    public required ITileResults Tiles { get; init; }

    /// <summary>Its regions.</summary>
    public required SceneRegions Regions { get; init; }

    /// <summary>The classes that were told.</summary>
    public required ImmutableArray<LandCoverClass> Classes { get; init; }

    /// <summary>Name of the backend that answered.</summary>
    public required string Backend { get; init; }

    /// <summary>What a second backend says of the same pixels; null where none was asked.</summary>
    public SecondCover? Second { get; init; }

    /// <summary>Link to the product.</summary>
    public required string Product { get; init; }

    /// <summary>Threads to use, at least 1.</summary>
    public required int Threads { get; init; }
}
