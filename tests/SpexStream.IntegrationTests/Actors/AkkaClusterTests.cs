using SpexStream.IntegrationTests.Chaos;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Actors;

/// <summary>Three daemons on Akka.NET that share a pass, each a process in a network namespace of its own.</summary>
public sealed class AkkaClusterTests
{
    [RequiresNamespacesFact]
    public async Task Others_take_over_from_a_node_that_dies_or_stands_still_and_nothing_is_lost_or_doubled()
    {
        var figures = await ChaosScript.ClusterAsync(
            "--runtimes", "akka", "chaos", "--cases", "kill,stop", "--scenes", "2", "--strips", "4", "--away", "20");
        foreach (var found in figures.GetProperty("cases").EnumerateArray())
        {
            Assert.Equal(0, found.GetProperty("lost").GetInt32());
            Assert.Equal(0, found.GetProperty("doubled").GetInt32());
            Assert.Equal(1, found.GetProperty("owners_max").GetInt32());
            Assert.True(found.GetProperty("masks_equal").GetBoolean());
            // Who was thrown out says so by how it ends; one that was killed is none of those.
            var ended = found.GetProperty("ended").EnumerateArray().Select(code => code.GetInt32());
            Assert.Equal(found.GetProperty("case").GetString() == "stop" ? [1] : [], ended);
        }
    }
}
