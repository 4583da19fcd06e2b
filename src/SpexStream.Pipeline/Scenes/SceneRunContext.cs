using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Pixels;
using SpexStream.Pipeline.Products;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Scenes;

/// <summary>What all scenes of a runtime share.</summary>
internal sealed record SceneRunContext
{
    public required ProcessingOptions Options { get; init; }

    public required TileDispatcher Dispatcher { get; init; }

    public required AdmissionGate Admission { get; init; }

    public required PixelCache Cache { get; init; }

    public required ISceneEvents Events { get; init; }

    public required SceneAssembler Assembler { get; init; }

    public required ICoordinateTransforms Transforms { get; init; }

    public required TimeProvider Time { get; init; }

    public required SpexMeter Meter { get; init; }

    /// <summary>Folder under which every scene has its work folder.</summary>
    public required string WorkRoot { get; init; }

    public string WorkFolder(SceneId scene) => Path.Combine(WorkRoot, scene.Value);
}
