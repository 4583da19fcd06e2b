using System.Text.RegularExpressions;
using Xunit;

namespace SpexStream.Tests.Architecture;

/// <summary>docs/reliability.md says which test covers which complaint; each of them must be there.</summary>
public sealed partial class ComplaintTests
{
    private const int Complaints = 21;

    [Fact]
    public void Every_complaint_has_tests_that_exist_or_a_reason_why_it_does_not_apply()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/reliability.md"));
        var tests = Repository.SourceFiles("tests").SelectMany(path => TestName().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups[1].Value).ToHashSet();
        var rows = Row().Matches(page);
        Assert.Equal(
            Enumerable.Range(1, Complaints),
                rows.Select(row => int.Parse(row.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(rows, row =>
        {
            var names = Quoted().Matches(row.Groups[3].Value).Select(match => match.Groups[1].Value).ToArray();
            Assert.DoesNotContain(names, name => !tests.Contains(name));
            Assert.True(names.Length > 0 || row.Groups[2].Value.Contains("does not apply", StringComparison.Ordinal),
                row.Value);
        });
    }

    [Fact]
    public void The_example_for_the_broker_bounds_what_it_keeps()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "deploy/mosquitto/spexstream.conf"));
        Assert.All(["max_queued_messages", "max_queued_bytes", "max_inflight_messages", "max_packet_size"], name =>
        {
            var words = lines.Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ');
            // For mosquitto 0 is no bound.
            Assert.True(long.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture) > 0, name);
        });
    }

    [GeneratedRegex(@"(?:void|Task) (\w+)\(")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^\| (\d+) \|[^|]*\|([^|]*)\|([^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Z][a-z]*_[A-Za-z0-9_]+)`")]
    private static partial Regex Quoted();
}
