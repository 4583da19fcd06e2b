using SpexStream.Daemon.Commands;
using Xunit;

namespace SpexStream.Tests.Cli;

public sealed class VerbComplaintTests
{
    [Theory]
    [InlineData("'bogus' is no verb; spexstream --help lists them", "bogus")]
    [InlineData("'bogus' is no verb; spexstream --help lists them", "bogus", "--tile", "64")]
    [InlineData("'bogus' is no verb; spexstream model --help lists them", "model", "bogus")]
    [InlineData("a verb is missing; spexstream model --help lists them", "model")]
    [InlineData("a verb is missing; spexstream --help lists them")]
    public void What_is_no_verb_is_told_in_one_line(string line, params string[] arguments) =>
        Assert.Equal([line], CommandLine.Complaints(CommandLine.Parse(arguments)));

    [Fact]
    public void What_is_wrong_behind_a_verb_is_told_as_it_is()
    {
        Assert.Empty(CommandLine.Complaints(CommandLine.Parse("doctor")));
        Assert.Contains("'extra'", Assert.Single(CommandLine.Complaints(CommandLine.Parse("doctor", "extra"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_of_a_database_that_is_refused_is_not_repeated()
    {
        var complaint = Assert.Single(CommandLine.Complaints(
            CommandLine.Parse("doctor", "--journal", "postgres://spex:hush@db/journal")));
        Assert.Contains("without a password", complaint, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", complaint, StringComparison.Ordinal);
    }
}
