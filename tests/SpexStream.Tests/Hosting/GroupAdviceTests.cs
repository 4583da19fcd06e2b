using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Settings;
using Xunit;

namespace SpexStream.Tests.Hosting;

public sealed class GroupAdviceTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("a:1", 1)]
    [InlineData("a:1, b:1", 0)]
    public void One_seed_alone_is_told(string? seeds, int sentences) =>
        Assert.Equal(sentences, GroupAdvice.Of(new() { ClusterSeeds = seeds }, othersDiffer: false).Count());

    [Fact]
    public void Nodes_that_differ_are_told_what_this_one_has()
    {
        var settings = new RunSettings { Share = "north", LeaseSeconds = 20 };
        Assert.Contains("(north, 20 s)", Assert.Single(GroupAdvice.Of(settings, othersDiffer: true)),
            StringComparison.Ordinal);
        Assert.NotEqual(GroupAdvice.Terms(settings), GroupAdvice.Terms(new() { Share = "north", LeaseSeconds = 10 }));
        Assert.NotEqual(GroupAdvice.Terms(settings), GroupAdvice.Terms(new() { Share = "south", LeaseSeconds = 20 }));
    }

    [Theory]
    [InlineData(true, false, "everything taken was finished")]
    [InlineData(true, true, "everything taken was finished")]
    [InlineData(false, false, "nothing is lost: what was not finished lies in the journal, and the next start goes on with it")]
    [InlineData(false, true, "nothing is lost: what was not finished lies in the journal, and another node goes on with it")]
    public void What_was_not_finished_is_somebody_elses_and_not_lost(bool isClean, bool isOneOfMany, string words) =>
        Assert.Equal(words, Farewell.Of(isClean, isOneOfMany));
}
