using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Alerts;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class AlertDigestTests
{
    private const int MostIds = AlertRule.MaxAreaBytes / 103;

    [Fact]
    public void Rules_with_as_many_areas_as_there_may_be_fit_into_appends()
    {
        int[] sizes = [0, 10_000, MostIds, 0, MostIds, 12];
        ImmutableArray<SceneFact> facts = [.. sizes.Select(size => new SceneFact.RuleUsed(Named(size)))];
        var parts = AlertDigest.Split(facts).ToList();
        Assert.Equal(facts, parts.SelectMany(part => part));
        Assert.All(parts, part => Assert.InRange(
            part.Sum(fact => (long)SampleFacts.Text(fact).Length), 1, SceneAppend.MaxBytes));
    }

    [Theory]
    [InlineData(MostIds, null)]
    [InlineData(MostIds + 1, "rules.yaml:6")]
    public void A_rule_that_names_more_areas_than_fit_is_refused(int count, string? place)
    {
        var ids = Ids(count);
        var draft = new RuleDraft("rules[0]")
        {
            Places = ImmutableDictionary<string, string>.Empty.Add("areas", "rules.yaml:6"),
            Id = "flood",
            Areas = [.. ids.Select(id => id.Value)],
            Class = "water",
            Metric = "area",
            Enter = 5,
            Exit = 2,
            Severity = "minor",
        };
        ImmutableArray<AreaOfInterest> areas = [.. ids.Select(id => Places.Area(id.Value, Places.Box(0, 0, 1, 1)))];
        var (_, faults) = RuleChecker.Check([draft], areas);
        Assert.Equal(place is null ? [] : [place], faults.Select(fault => fault.Where));
    }

    private static AlertRule Named(int areas) => Play.Water() with { Areas = Ids(areas) };

    private static ImmutableArray<AreaId> Ids(int count) =>
    [
        .. Enumerable.Range(0, count)
            .Select(number => AreaId.Parse(number.ToString("D100", CultureInfo.InvariantCulture))),
    ];
}
