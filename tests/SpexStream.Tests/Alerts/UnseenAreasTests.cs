using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>Areas of which no pass sees enough.</summary>
public sealed class UnseenAreasTests
{
    private static readonly AlertRule Rule = Play.Water();
    private readonly AlertBook _book = new();
    private UnseenAreas _areas = new();
    private int _day;

    public UnseenAreasTests() => _book.Apply(new SceneFact.RuleUsed(Rule));

    [Fact]
    public void An_area_that_lies_on_two_scenes_is_told_once_and_again_when_it_was_seen_between()
    {
        Assert.Equal([UnseenAreas.PassesCut], Told(40, onScene: 0.5));
        Assert.Equal(1, _areas.Count);
        See(1, onScene: null);
        Assert.Equal(0, _areas.Count);
        Assert.Equal([UnseenAreas.PassesCut], Told(40, onScene: 0.5));
    }

    [Fact]
    public void One_that_is_only_under_cloud_is_told_when_that_has_lasted()
    {
        Assert.Equal([UnseenAreas.PassesHidden], Told(40, onScene: null));
        // One scene that holds it is enough for it not to be cut.
        _areas = new();
        See(0.3, onScene: 0.8);
        Assert.Equal([UnseenAreas.PassesHidden], Told(40, onScene: 0.5));
    }

    [Fact]
    public void What_is_told_is_the_most_that_was_seen_and_lay_on_a_scene()
    {
        double[] shares = [0.1, 0.4, 0.2];
        var told = Enumerable.Range(0, UnseenAreas.PassesCut)
            .SelectMany(i => See(shares[i % 3] / 2, onScene: shares[i % 3])).ToArray();
        var area = Assert.Single(told);
        Assert.Equal((Rule, "meadow", 0.2, 0.4), (area.Rule, area.Area.Value, area.MostSeen, area.MostOnScene));
    }

    [Fact]
    public void Revisions_of_scenes_are_no_more_passes_also_when_others_came_between()
    {
        for (var revision = 1; revision < 60; revision++)
        {
            for (_day = 0; _day < UnseenAreas.PassesCut - 1;)
            {
                Assert.Empty(See(0.4, onScene: 0.5));
            }
        }

        // Nor where a late strip makes it end later than what came between.
        _book.Apply(new SceneFact.SceneJudged(SceneId.Parse("s1"), 1, false, Play.Day(1)));
        _day = 20;
        Assert.Empty(See(0.4, onScene: 0.5, scene: "s1"));
        Assert.Single(See(0.4, onScene: 0.5));
    }

    [Fact]
    public void A_replay_counts_no_pass_again_and_ends_no_run()
    {
        SeeElsewhere();
        for (var replay = 0; replay < 60; replay++)
        {
            for (_day = 1; _day < UnseenAreas.PassesCut;)
            {
                Assert.Empty(See(0.4, onScene: 0.5, scene: $"replay-{replay}-{_day}"));
            }
        }

        _day = 0;
        See(1, onScene: null, scene: "replayed");
        _day = UnseenAreas.PassesCut;
        Assert.Single(See(0.4, onScene: 0.5));
    }

    [Fact]
    public void What_is_older_than_the_newest_clear_pass_or_in_the_future_counts_for_nothing()
    {
        _day = 100;
        SeeElsewhere();
        _day = 0;
        Assert.Empty(Told(40, onScene: 0.5));
        _day = 101;
        Told(UnseenAreas.PassesCut - 1, onScene: 0.5);
        Assert.Empty(See(0.4, onScene: 0.5, now: Play.Day(_day)));
        Assert.Single(See(0.4, onScene: 0.5));
    }

    [Fact]
    public void What_another_node_has_seen_counts()
    {
        Told(UnseenAreas.PassesCut - 1, onScene: 0.5);
        SeeElsewhere();
        Assert.Empty(Told(UnseenAreas.PassesCut - 1, onScene: 0.5));
        Assert.Single(See(0.4, onScene: 0.5));
        SeeElsewhere();
        Assert.Equal(1, _areas.Count);
        _areas.Tidy(_book, Rules("meadow"));
        Assert.Equal(0, _areas.Count);
    }

    [Fact]
    public void Areas_that_are_gone_are_left_out_and_no_more_are_counted_than_there_is_room_for()
    {
        Told(UnseenAreas.PassesCut, onScene: 0.5);
        _areas.Tidy(_book, Rules("meadow"));
        Assert.Equal(1, _areas.Count);
        _areas.Tidy(_book, Rules("other"));
        Assert.Equal(0, _areas.Count);
        _areas = new(most: 1);
        See(0.4, onScene: 0.5, "first");
        Assert.Empty(Enumerable.Range(0, 40).SelectMany(_ => See(0.4, onScene: 0.5, "second")));
        Assert.Single(Enumerable.Range(0, 20).SelectMany(_ => See(0.4, onScene: 0.5, "first")));
    }

    private static RuleSet Rules(string area) => new([Rule], new([Places.Area(area, Places.Box(0, 0, 1, 1))]));

    private int[] Told(int passes, double? onScene) =>
    [
        .. Enumerable.Range(0, passes).SelectMany(_ => See(0.4, onScene)).Select(area => area.Passes),
    ];

    private ImmutableArray<UnseenArea> See(
        double clear, double? onScene, string area = "meadow", string? scene = null, DateTimeOffset? now = null)
    {
        var pass = Play.Pass(++_day, 0, clear);
        var measured = pass.Measured with { OnScene = onScene };
        return _areas.Note(
            _book, SceneId.Parse(scene ?? $"s{_day}"),
            [new(Rule, AreaId.Parse(area), new AlertInput.Observed(pass with { Measured = measured }))],
            now ?? pass.SensedAt.AddHours(1));
    }

    private void SeeElsewhere()
    {
        var (_, facts) = AlertLife.Step(
            Rule, _book.StateOf(Rule.Id, AreaId.Parse("meadow")), new AlertInput.Observed(Play.Pass(++_day, 0)),
            Play.Day(_day));
        _book.Apply(new SceneFact.AlertsJudged([new(Rule.Id, AreaId.Parse("meadow"), facts)]));
    }
}
