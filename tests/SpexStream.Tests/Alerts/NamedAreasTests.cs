using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Rules;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>Rules that name their areas instead of watching all.</summary>
public sealed class NamedAreasTests
{
    private static readonly AreaId Meadow = AreaId.Parse("meadow");
    private static readonly AreaId Town = AreaId.Parse("town");

    [Fact]
    public void A_rule_made_of_another_watches_its_own_areas_and_has_a_version_of_its_own()
    {
        var meadow = Play.Water() with { Areas = [Meadow] };
        Assert.Equal((true, false), (meadow.Watches(Meadow), meadow.Watches(Town)));
        var version = meadow.Version;
        var town = meadow with { Areas = [Town] };
        Assert.Equal((false, true), (town.Watches(Meadow), town.Watches(Town)));
        var all = meadow with { Areas = [] };
        Assert.True(all.Watches(Town));
        Assert.Equal(3, new[] { version, town.Version, all.Version }.Distinct().Count());
        Assert.Equal((version, version), (meadow.Version, (town with { Areas = [Meadow] }).Version));
        Assert.Equal(meadow, meadow with { });
    }

    // Quadratic, this takes minutes and not a part of a second; the limit leaves room for a machine under load.
    [Fact]
    public void So_many_areas_as_a_file_may_hold_can_be_named_and_are_found_at_once()
    {
        const int Most = 100_000;
        var polygon = Places.Area("any", Places.Box(0, 0, 1, 1)).Polygons;
        ImmutableArray<AreaOfInterest> areas =
        [
            .. Enumerable.Range(0, Most)
                .Select(i => AreaId.Parse(string.Create(CultureInfo.InvariantCulture, $"area-of-interest-{i}")))
                .Select(id => new AreaOfInterest(id, id.Value, polygon)),
        ];
        var draft = new RuleDraft("rules[0]")
        {
            Id = "all-by-name",
            Areas = [.. areas.Select(area => area.Id.Value)],
            Class = "water",
            Metric = "area",
            Enter = 5,
            Exit = 2,
            Severity = "minor",
        };
        var began = TimeProvider.System.GetTimestamp();
        var (rules, faults) = RuleChecker.Check([draft], areas);
        Assert.Empty(faults);
        Assert.Equal(Most, new RuleSet(rules, new(areas)).OrdersFor([.. Enumerable.Range(0, Most)]).Length);
        var versions = Enumerable.Range(0, Most).Select(_ => rules[0].Version).Distinct();
        Assert.Single(versions);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
