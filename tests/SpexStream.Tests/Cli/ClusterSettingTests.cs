using SpexStream.Daemon.Settings;
using Xunit;

namespace SpexStream.Tests.Cli;

/// <summary>What nodes of a cluster must have in common.</summary>
public sealed class ClusterSettingTests
{
    [Theory]
    [InlineData(null, "embedded", true)]
    [InlineData("a:4053,b:4053", "postgres://spex@db/journal", true)]
    [InlineData("a:4053,b:4053", "embedded", false)]
    public void Seeds_need_a_journal_that_nodes_can_share(string? seeds, string journal, bool isRight)
    {
        var mistakes = ClusterSettings.Check(
            new RunSettings { ClusterSeeds = seeds, ClusterPort = 4053, Journal = journal }).ToArray();
        if (isRight)
        {
            Assert.Empty(mistakes);
        }
        else
        {
            Assert.Contains("journal", Assert.Single(mistakes), StringComparison.Ordinal);
        }
    }
}
