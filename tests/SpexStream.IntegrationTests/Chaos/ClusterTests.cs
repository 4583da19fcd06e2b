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

    [RequiresNamespacesFact]
    public async Task A_node_without_its_database_says_so_and_takes_nothing_while_others_go_on()
    {
        var figures = await ChaosScript.ClusterAsync(
            "chaos", "--cases", "no-database", "--scenes", "2", "--strips", "4", "--lease", "5", "--away", "12");
        var found = Assert.Single(figures.GetProperty("cases").EnumerateArray());
        Assert.Equal(0, found.GetProperty("lost").GetInt32());
        Assert.Equal(0, found.GetProperty("acknowledged").GetInt32());
        Assert.True(found.GetProperty("masks_equal").GetBoolean());
    }

    [RequiresNamespacesFact]
    public async Task Nodes_are_restarted_one_after_the_other_during_a_pass_and_nothing_is_lost_or_doubled()
    {
        var figures = await ChaosScript.ClusterAsync(
            "chaos", "--cases", "rolling", "--scenes", "2", "--strips", "4", "--lease", "5");
        var found = Assert.Single(figures.GetProperty("cases").EnumerateArray());
        Assert.Equal(0, found.GetProperty("lost").GetInt32());
        Assert.Equal(0, found.GetProperty("doubled").GetInt32());
        Assert.Equal(1, found.GetProperty("owners_max").GetInt32());
        Assert.True(found.GetProperty("masks_equal").GetBoolean());
    }
}
