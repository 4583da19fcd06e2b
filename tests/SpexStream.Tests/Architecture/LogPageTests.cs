using System.Text.RegularExpressions;
using Xunit;

namespace SpexStream.Tests.Architecture;

/// <summary>Log lines are a written interface: each has its row, with its level.</summary>
public sealed partial class LogPageTests
{
    [Fact]
    public void Every_log_event_stands_with_its_level_in_the_page_and_the_page_has_no_other()
    {
        var written = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/metrics.md")))
            .Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}");
        var coded = Repository.SourceFiles("src").SelectMany(path => Event().Matches(File.ReadAllText(path)))
            .Select(found => $"{found.Groups[1].Value} {Level(found.Groups[2].Value)}");
        Assert.Equal(coded.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    private static string Level(string name) => name == "Information" ? "info" : name.ToLowerInvariant();

    [GeneratedRegex(@"^\| (\d{4}) \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(\d+),\s*LogLevel\.(\w+)")]
    private static partial Regex Event();
}
