using System.Text.RegularExpressions;
using SpexStream.Tests.Architecture;
using Xunit;

namespace SpexStream.Tests.Deploy;

/// <summary>Every alert has a section of the runbook, leads to it, and has cases that promtool runs
/// (<c>eng/check-deploy.sh</c>).</summary>
public sealed partial class AlertRuleTests
{
    private static readonly string[] Pieces =
        ["**Means:** ", "**Look at:** ", "**Do:** "];

    private static readonly string[] Names =
        [.. Alert().Matches(DeployFiles.Text("deploy/prometheus/rules/alerts.yml")).Select(
            match => match.Groups[1].Value)];

    public static TheoryData<string> Alerts() => [.. Names];

    [Theory]
    [MemberData(nameof(Alerts))]
    public void An_alert_leads_to_its_section_which_says_what_it_means_what_to_look_at_and_what_to_do(string name)
    {
        var rule = Rule(name);
        Assert.Contains($"runbook_url: docs/runbook.md#{name.ToLowerInvariant()}\n", rule, StringComparison.Ordinal);
        Assert.Matches(@"severity: (page|ticket|none)\}", rule);
        Assert.Contains("summary: ", rule, StringComparison.Ordinal);
        var section = Sections().GetValueOrDefault(name);
        Assert.True(section is not null, $"docs/runbook.md has no section {name}");
        Assert.All(Pieces, piece => Assert.Contains(piece, section, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void An_alert_has_a_case_in_which_it_fires_and_one_in_which_it_does_not(string name)
    {
        var cases = Cases().Where(one => one.StartsWith($"{name}\n", StringComparison.Ordinal)).ToArray();
        Assert.Contains(cases, one => one.Contains("exp_labels:", StringComparison.Ordinal));
        // The watchdog is always there.
        Assert.True(
            name == "SpexWatchdog" || cases.Any(one => one.Contains("exp_alerts: []", StringComparison.Ordinal)), name);
    }

    [Fact]
    public void The_runbook_has_no_section_of_an_alert_that_is_gone() =>
        Assert.Equal(
            Names.Order(StringComparer.Ordinal),
            Sections().Keys.Where(name => name.StartsWith("Spex", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));

    private static string Rule(string name) => DeployFiles.Text("deploy/prometheus/rules/alerts.yml")
        .Split("- alert: ").Single(part => part.StartsWith($"{name}\n", StringComparison.Ordinal));

    private static IEnumerable<string> Cases() => DeployFiles.All
        .Where(name => name.StartsWith("deploy/prometheus/tests/", StringComparison.Ordinal))
        .SelectMany(name => DeployFiles.Text(name).Split("alertname: ").Skip(1));

    private static Dictionary<string, string> Sections() =>
        File.ReadAllText(Path.Combine(Repository.Root, "docs/runbook.md"))
            .Split("\n## ").Skip(1).ToDictionary(part => part.Split('\n')[0], part => part);

    [GeneratedRegex(@"^\s+- alert: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Alert();
}
