using Microsoft.Extensions.Logging;
using SpexStream.Actors;
using SpexStream.Actors.Nodes;
using SpexStream.Actors.Tiles;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Settings;
using SpexStream.Pipeline;

namespace SpexStream.Daemon.Actors;

/// <summary>Puts the Akka.NET runtime together.</summary>
internal static class AkkaRuntimeFactory
{
    /// <summary>The node that the settings describe.</summary>
    public static NodeOptions Node(RunSettings settings) => new()
    {
        Host = settings.ClusterHost,
        Port = settings.ClusterPort,
        Seeds = ClusterSettings.Parts(settings.ClusterSeeds),
        Roles = ClusterSettings.Parts(settings.ClusterRoles),
    };

    /// <summary>A runtime that has not begun yet.</summary>
    /// <param name="options">Bounds and places.</param>
    /// <param name="ports">What it works with.</param>
    /// <param name="node">Its place in the cluster.</param>
    /// <param name="loggers">Where actors log.</param>
    /// <param name="onEnded">Told when the node is thrown out of the cluster.</param>
    public static BuiltRuntime Create(
        LocalRuntimeOptions options, LocalRuntimePorts ports, NodeOptions node, ILoggerFactory loggers,
        Action<string> onEnded)
    {
        var tiles = new OfferedTiles(options.MaxOpenScenes * options.SceneTiles);
        var works = new PipelineWorks(options, ports, tiles);
        var runtime = new AkkaRuntime(
            new AkkaRuntimeOptions { Node = node, MaxOpenScenes = options.MaxOpenScenes, OnEnded = onEnded },
            works, tiles, loggers);
        return new BuiltRuntime(runtime, runtime, works);
    }
}
