using Microsoft.Extensions.Logging;
using SpexStream.Actors;
using SpexStream.Actors.Nodes;
using SpexStream.Actors.Tiles;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Hosting;
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
        var (runtime, works, _) = Make(options, ports, new() { Node = node, OnEnded = onEnded }, loggers);
        return new BuiltRuntime(runtime, runtime, works);
    }

    /// <summary>The same for a node that shares a journal with others.</summary>
    public static BuiltRuntime Create(
        LocalRuntimeOptions options, LocalRuntimePorts ports, NodeOptions node, NodeShare share,
        ILoggerFactory loggers, Action<string> onEnded)
    {
        AkkaRuntime? actors = null;
        var tiles = share.OpenTiles(options, ports, () => actors?.Others ?? 0);
        var (runtime, works, offered) = Make(
            options, tiles?.AddTo(ports) ?? ports,
            new()
            {
                Node = node,
                OnEnded = onEnded,
                WriterOf = async (scene, stop) => await share.Holds.OpenAsync(scene, stop),
                MayFound = share.IsNobodyThereAsync,
            },
            loggers);
        actors = runtime;
        return new BuiltRuntime(
            share.Join(
                new SharedActors(runtime, tiles, works, offered, share.Mail, share.JournalAnswersAsync)),
            runtime, works);
    }

    private static (AkkaRuntime Runtime, PipelineWorks Works, OfferedTiles Tiles) Make(
        LocalRuntimeOptions options, LocalRuntimePorts ports, AkkaRuntimeOptions actors, ILoggerFactory loggers)
    {
        var tiles = new OfferedTiles(options.MaxOpenScenes * options.SceneTiles);
        var works = new PipelineWorks(options, ports, tiles);
        return (
            new AkkaRuntime(actors with { MaxOpenScenes = options.MaxOpenScenes }, works, tiles, loggers), works,
            tiles);
    }
}
