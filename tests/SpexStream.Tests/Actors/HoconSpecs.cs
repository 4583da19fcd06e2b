using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Configuration;
using SpexStream.Actors.Devices;
using SpexStream.Actors.Nodes;
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

    [GeneratedRegex(@"^([^=$]+?) = ([^$]+)$")]
    private static partial Regex Assignment();
}
