using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Actors;
using SpexStream.Actors.Tiles;
using SpexStream.Daemon.Composition;
using SpexStream.Pipeline;

namespace SpexStream.Tests.Actors;

/// <summary>The Akka.NET runtime on a node of its own.</summary>
internal static class AkkaRuntimes
{
    public static BuiltRuntime Make(LocalRuntimeOptions options, LocalRuntimePorts ports)
    {
        var tiles = new OfferedTiles(options.MaxOpenScenes * options.SceneTiles);
        var works = new PipelineWorks(options, ports, tiles);
        // A message that could not leave its node, and is not marked so, is found here and not in a cluster.
        var runtime = new AkkaRuntime(
            new AkkaRuntimeOptions
            {
                MaxOpenScenes = options.MaxOpenScenes,
                Hocon = ActorSpec.EveryMessageIsWritten,
            },
            works, tiles, NullLoggerFactory.Instance);
        return new BuiltRuntime(runtime, runtime, works);
    }
}
