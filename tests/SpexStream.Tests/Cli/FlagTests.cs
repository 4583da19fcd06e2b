using SpexStream.Daemon.Commands;
using Xunit;

namespace SpexStream.Tests.Cli;

/// <summary>Options that are switched on by their name alone, and values that were forgotten.</summary>
public sealed class FlagTests
{
    private static readonly string[] Flags =
        ["--commands", "--alerts-actual", "--json-log", "--console", "--share-tiles"];

    public static TheoryData<string> All() => [.. Flags];

    [Theory]
    [MemberData(nameof(All))]
    public void A_flag_of_run_means_true_alone_and_takes_a_value(string flag)
    {
        Assert.Equal("True", Value(flag, "run", flag));
        Assert.Equal("True", Value(flag, "run", flag, "--tile", "256"));
        Assert.Equal("true", Value(flag, "run", flag, "true"));
        Assert.Equal("false", Value(flag, "run", "--tile", "256", flag, "false"));
        Assert.Null(Value(flag, "run"));
    }

    [Fact]
    public void Flags_beside_each_other_are_all_on()
    {
        string[] line = ["run", .. Flags[..3]];
        Assert.Empty(Verbs.Complaints(line));
        Assert.All(Flags[..3], flag => Assert.Equal("True", Value(flag, line)));
    }

    [Theory]
    [InlineData("--data takes a folder that can be written to, not '--out'.", "run", "--data", "--out", "/srv")]
    [InlineData("--broker takes ", "watch", "--station", "s", "--broker", "--json")]
    [InlineData("--tile takes ", "run", "--tile", "--commands")]
    public void A_value_that_begins_as_an_option_does_is_none(string complaint, params string[] arguments) =>
        Assert.Contains(
            CommandLine.Complaints(CommandLine.Parse(arguments)),
            line => line.StartsWith(complaint, StringComparison.Ordinal));

    private static string? Value(string option, params string[] arguments)
    {
        var parsed = CommandLine.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return parsed.GetValue<string?>(option);
    }
}
