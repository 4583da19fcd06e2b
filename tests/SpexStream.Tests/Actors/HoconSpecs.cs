using System.Collections.Immutable;
using System.Runtime.Serialization;
using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Actors;
using SpexStream.Actors.Devices;
using SpexStream.Actors.Nodes;
using SpexStream.Actors.Scenes;
using SpexStream.Actors.Tiles;
using SpexStream.Actors.Wire;
using SpexStream.Tests.Architecture;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>The files in hocon/.</summary>
public sealed partial class HoconSpecs
{
    public static TheoryData<string> Files() => [HoconFiles.Common, HoconFiles.Cluster, HoconFiles.SingleNode];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_line_is_one_assignment_that_is_found_again_and_nothing_comes_from_the_environment(string name)
    {
        var config = HoconFiles.Read(name);
        foreach (var line in File.ReadAllLines(Path.Combine(Repository.Root, "hocon", name)))
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var assignment = Assignment().Match(line);
                Assert.True(assignment.Success, $"{name}: {line}");
                Assert.True(config.HasPath(assignment.Groups[1].Value), $"{name}: {line} is not read");
            }
        }
    }

    [Fact]
    public async Task Every_key_that_is_no_name_of_ours_is_one_that_Akka_knows()
    {
        using var system = ActorSystem.Create(
            "known", "akka.actor.provider = cluster\nakka.remote.dot-netty.tcp.port = 0");
        Akka.Cluster.Sharding.ClusterSharding.Get(system);
        foreach (var name in new[] { HoconFiles.Common, HoconFiles.Cluster, HoconFiles.SingleNode })
        {
            foreach (var line in File.ReadAllLines(Path.Combine(Repository.Root, "hocon", name)))
            {
                if (Assignment().Match(line) is { Success: true } found
                    && !line.StartsWith("spexstream.", StringComparison.Ordinal)
                    && !line.StartsWith("akka.actor.seriali", StringComparison.Ordinal))
                {
                    // A phase has a limit of its own only where one is set; that there is such a phase is known.
                    var key = found.Groups[1].Value;
                    var known = key.Contains(".phases.", StringComparison.Ordinal) ? key[..key.LastIndexOf('.')] : key;
                    Assert.True(system.Settings.Config.HasPath(known), $"{name}: {line}");
                }
            }
        }

        await system.Terminate();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispatchers_and_serializers_that_code_names_are_there(bool alone)
    {
        var config = HoconFiles.Of(new NodeOptions { Seeds = alone ? [] : ["a:1", "b:1"] });
        using var system = ActorSystem.Create(
            "files", config.WithFallback(ConfigurationFactory.Default()).WithFallback("akka.actor.provider = local"));
        Assert.True(system.Dispatchers.HasDispatcher(DeviceActor.Dispatcher));
        Assert.Equal("PinnedDispatcher", config.GetString($"{DeviceActor.Dispatcher}.type"));
        Assert.All(SampleMail.All, sample =>
            Assert.IsType<SceneSerializer>(system.Serialization.FindSerializerFor(sample.Message)));
        Assert.Equal("cluster", config.GetString("akka.actor.provider"));
        await system.Terminate();
    }

    [Fact]
    public async Task Nothing_is_read_or_written_by_the_name_of_its_type()
    {
        const int byTypeName = 1;
        using var system = ActorSystem.Create(
            "closed", HoconFiles.Of(new NodeOptions()).WithFallback(ConfigurationFactory.Default()).WithFallback(
                "akka.actor.provider = local"));
        var type = typeof(Uri).AssemblyQualifiedName!;
        Assert.Throws<SerializationException>(
            () => system.Serialization.Deserialize("\"file:///\""u8.ToArray(), byTypeName, type));
        Assert.Throws<SerializationException>(
            () => system.Serialization.FindSerializerFor(new Uri("file:///")).ToBinary(new Uri("file:///")));
        await system.Terminate();
    }

    [Theory]
    [InlineData(HoconFiles.Cluster)]
    [InlineData(HoconFiles.SingleNode)]
    public async Task What_the_files_say_holds_in_a_node_whatever_its_parts_are_put_together_with(string name)
    {
        ImmutableArray<string> seeds = name == HoconFiles.Cluster ? ["127.0.0.1:9", "127.0.0.2:9"] : [];
        var works = new ScriptedWorks();
        var options = new AkkaRuntimeOptions { Node = new NodeOptions { Seeds = seeds } };
        var parts = new NodeParts(works, new OfferedTiles(8), new SceneBoard(1), new DeviceBoard());
        var node = await ActorNode.StartAsync(
            "whole", alone: false, NullLoggerFactory.Instance,
            builder => builder.WithSpexActors(options, parts, NullLoggerFactory.Instance), CancellationToken.None);
        var config = node.System.Settings.Config;
        foreach (var file in new[] { HoconFiles.Common, name })
        {
            foreach (var key in File.ReadAllLines(Path.Combine(Repository.Root, "hocon", file))
                .Select(line => Assignment().Match(line)).Where(found => found.Success)
                .Select(found => found.Groups[1].Value))
            {
                Assert.Equal(HoconFiles.Of(options.Node).GetString(key), config.GetString(key));
            }
        }

        // A node that leaves waits until its scenes were handed over.
        if (name == HoconFiles.Cluster)
        {
            Assert.True(
                config.GetTimeSpan("akka.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout")
                > config.GetTimeSpan("akka.cluster.sharding.handoff-timeout"));
        }

        await node.LeaveAsync(() => false, TimeSpan.FromSeconds(1), TimeProvider.System);
    }

    [GeneratedRegex(@"^([^=$]+?) = ([^$]+)$")]
    private static partial Regex Assignment();
}
