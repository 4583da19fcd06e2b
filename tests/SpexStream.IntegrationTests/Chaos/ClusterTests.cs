using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Chaos;

/// <summary>Three daemons that share a pass, each in a network namespace of its own.</summary>
public sealed class ClusterTests
{
    [RequiresNamespacesFact]
    public async Task Others_take_over_from_a_node_that_is_killed_and_nothing_is_lost_or_doubled()
    {
        var figures = await ChaosScript.ClusterAsync("chaos", "--cases", "kill", "--scenes", "2", "--strips", "4");
        var kill = Assert.Single(figures.GetProperty("cases").EnumerateArray());
        Assert.Equal(0, kill.GetProperty("lost").GetInt32());
        Assert.Equal(1, kill.GetProperty("owners_max").GetInt32());
        Assert.True(kill.GetProperty("masks_equal").GetBoolean());
    }
}
