using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Pixels;
using SpexStream.Pipeline.Products;
using SpexStream.Pipeline.Sharing;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Scenes;

/// <summary>What all scenes of a runtime share.</summary>
internal sealed record SceneRunContext
{
    public required ProcessingOptions Options { get; init; }

    public required ISceneJournal Journal { get; init; }

    public required IBackendFactory Backends { get; init; }

    public required ITileDispatcher Dispatcher { get; init; }

    /// <summary>Where tiles go back to whose device failed; null where no device computes models.</summary>
    public ITileDispatcher? ModelTiles { get; init; }

    /// <summary>What is left of a scene's time for its products when a model has answered the last tile.</summary>
    public TimeSpan ModelReserve { get; init; }

    /// <summary>Where other nodes find tiles to work on; null where there are none.</summary>
    public TileDesk? Share { get; init; }

    public required AdmissionGate Admission { get; init; }

    public required PixelCache Cache { get; init; }

    public required ISceneEvents Events { get; init; }

    public required ISceneMessages Messages { get; init; }

    public required SceneAssembler Assembler { get; init; }

    public required ICoordinateTransforms Transforms { get; init; }

    public required TimeProvider Time { get; init; }

    public required SpexMeter Meter { get; init; }

    /// <summary>Folder under which every scene has its work folder.</summary>
    public required string WorkRoot { get; init; }

    /// <summary>Whether scenes are taken up again by the next process: answers of tiles stay in the work folder, and
    /// products lie in folders of their own revision.</summary>
    public required bool Outlives { get; init; }

    /// <summary>Whether other processes may have the same scenes after this one, or before: what they put into place
    /// must not be replaced by something older.</summary>
    public bool HasRivals { get; init; }

    /// <summary>What an earlier process had on its devices when it died, by scene; each is taken once.</summary>
    public ConcurrentDictionary<SceneId, ImmutableArray<FoundMark>> Marks { get; init; } = new();

    /// <summary>Tiles of one scene that may be in the devices' queue or running.</summary>
    public required int SceneTiles { get; init; }

    /// <summary>Products being put together, and how they get on.</summary>
    public StageTally Assemblies { get; } = new();

    /// <summary>The scenes that wait for a disk.</summary>
    public DiskStalls Stalls { get; } = new();

    /// <summary>Requested when scenes are abandoned: nothing is waited for any more.</summary>
    public required CancellationToken Abandoned { get; init; }

    public string WorkFolder(SceneId scene) => Path.Combine(WorkRoot, scene.Value);

    /// <summary>Keeps names in an output folder right.</summary>
    public SceneNaming Naming(string root) => new(Journal, root, Time);

    /// <summary>The marks of a scene; none the next time.</summary>
    public ImmutableArray<FoundMark> TakeMarks(SceneId scene) => Marks.TryRemove(scene, out var marks) ? marks : [];

    /// <summary>What is fixed of a scene under the terms that it was opened with.</summary>
    public SceneLayout Layout(SceneSpec scene, SceneTerms terms) => new(
        scene.Width, scene.Height, scene.StripCount, terms.TileSize, terms.Halo, terms.PassCount, terms.GatherTimeout,
        scene.RowsAreAbsolute)
    {
        LateGrace = Options.LateGrace,
    };
}
