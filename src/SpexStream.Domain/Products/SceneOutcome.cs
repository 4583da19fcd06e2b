using System.Collections.Immutable;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Products;

/// <summary>A closed scene: its facts and where its products lie.</summary>
public sealed record SceneOutcome
{
    /// <summary>The scene.</summary>
    public required SceneSpec Scene { get; init; }

    /// <summary>Rows of the scene as it was closed.</summary>
    public required int Height { get; init; }

    /// <summary>1 for the first product of the scene.</summary>
    public required int Revision { get; init; }

    /// <summary>Strips that made it, in percent of those expected.</summary>
    public required double CompletenessPercent { get; init; }

    /// <summary>Strips that made it.</summary>
    public required int StripsReceived { get; init; }

    /// <summary>Indices of the strips that were given up, ascending; empty where their number is unknown.</summary>
    public required ImmutableArray<int> MissingStrips { get; init; }

    /// <summary>Why strips were waited for no longer.</summary>
    public required CloseReason ClosedFor { get; init; }

    /// <summary>Tiles of the scene.</summary>
    public required int Tiles { get; init; }

    /// <summary>Folder of the products.</summary>
    public required string Folder { get; init; }

    /// <summary>The files in it, item.json not among them.</summary>
    public required ImmutableArray<ProductFile> Files { get; init; }

    /// <summary>Facts of each class.</summary>
    public required ImmutableArray<ClassFacts> Classes { get; init; }

    /// <summary>The regions that deserve an observation of their own, with outlines.</summary>
    public required ImmutableArray<RegionSketch> Regions { get; init; }

    /// <summary>Footprint of the scene on Earth, upper left first, not closed; empty without a CRS.</summary>
    public required ImmutableArray<Grid.LonLat> Footprint { get; init; }

    /// <summary>Epoch of the scene's writer that made it; null without a journal.</summary>
    public long? Epoch { get; init; }

    /// <summary>The model that answered for all of its tiles; null for the station's rules.</summary>
    public ModelFacts? Model { get; init; }

    /// <summary>What it says of areas that rules watch, for the journal; empty where none do.</summary>
    public ImmutableArray<Journal.SceneFact.AreasMeasured> Measured { get; init; } = [];

    /// <summary>When the products were in place.</summary>
    public required DateTimeOffset FinishedAt { get; init; }
}
