using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.Logging;
using SpexStream.Actors.Devices;
using SpexStream.Actors.Ingest;
using SpexStream.Actors.Scenes;
using SpexStream.Actors.Tiles;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Actors.Nodes;

/// <summary>Everything that a node of ours consists of, in one chain.</summary>
internal static class SpexActors
{
    /// <summary>Name of the actor system; the same on all nodes.</summary>
    public const string SystemName = "spexstream";

    private static readonly TimeSpan ShardCountEvery = TimeSpan.FromSeconds(5);

    public static AkkaConfigurationBuilder WithSpexActors(
        this AkkaConfigurationBuilder builder, AkkaRuntimeOptions options, NodeParts parts, ILoggerFactory loggers) =>
        builder
            .ConfigureLoggers(log =>
            {
                log.ClearLoggers();
                log.AddLoggerFactory(loggers);
            })
            .AddHocon(
                ConfigurationFactory.ParseString(options.Hocon).WithFallback(HoconFiles.Of(options.Node)),
                HoconAddMode.Append)
            .WithNode(options.Node)
            .WithScenes(options, new SceneActorTools(parts.Works, parts.Scenes)
            {
                WriterOf = options.WriterOf,
            })
            .WithShardCount(parts.Shards)
            .WithDevices(options, parts)
            .WithIngest(options);

    private static AkkaConfigurationBuilder WithNode(this AkkaConfigurationBuilder builder, NodeOptions node) => builder
        .WithRemoting(new RemoteOptions { HostName = node.Host, Port = node.Port })
        .WithClustering(new ClusterOptions
        {
            Roles = [.. node.Roles],
            SeedNodes = [.. node.Seeds.Select(seed => $"akka.tcp://{SystemName}@{seed}")],
        });

    private static AkkaConfigurationBuilder WithScenes(
        this AkkaConfigurationBuilder builder, AkkaRuntimeOptions options, SceneActorTools tools) =>
        options.Node.Roles.Contains(NodeOptions.ScenesRole)
            ? builder
                .WithShardRegion<SceneActor>(
                    SceneShards.TypeName, (_, _, _) => id => SceneShards.Entity(id, tools), new SceneMessageExtractor(),
                    SceneShards.Options)
                .WithSingleton<SceneWakerActor>(
                    "scene-waker",
                    (_, actors, _) => SceneWakerActor.Props(
                        tools.Works.Journal, actors.Get<SceneActor>(), options.WakeEvery),
                    new ClusterSingletonOptions { Role = NodeOptions.ScenesRole }, createProxyToo: false)
            : builder.WithShardRegionProxy<SceneActor>(
                SceneShards.TypeName, NodeOptions.ScenesRole, new SceneMessageExtractor());

    private static AkkaConfigurationBuilder WithShardCount(this AkkaConfigurationBuilder builder, ShardCount count) =>
        builder.WithActors((system, actors) => system.ActorOf(
            ShardCountActor.Props(actors.Get<SceneActor>(), count, ShardCountEvery), "shard-count"));

    private static AkkaConfigurationBuilder WithDevices(
        this AkkaConfigurationBuilder builder, AkkaRuntimeOptions options, NodeParts parts) => builder.WithActors(
        (system, actors) =>
        {
            var end = (Exception fault) =>
            {
                // It takes its time and is waited for by nobody: whoever runs the node learns of it by its first phase.
                _ = CoordinatedShutdown.Get(system).Run(new NodeBroke(fault));
            };
            actors.Register<NodeActor>(system.ActorOf(
                NodeActor.Props(
                    TileDispatcherActor.Props(parts.Tiles),
                    tiles => DevicesActor.Props(parts.Works, tiles, parts.Devices, options.DeviceRest), end),
                "node"));
        });

    private static AkkaConfigurationBuilder WithIngest(
        this AkkaConfigurationBuilder builder, AkkaRuntimeOptions options) => builder.WithActors(
        (system, actors) => actors.Register<IngestActor>(system.ActorOf(
            IngestActor.Props(actors.Get<SceneActor>(), options.AskPatience, asksOn: !options.Node.IsAlone),
                "ingest")));
}
