using System.Text.Json;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Journal.Facts;
using Xunit;
using static SpexStream.Domain.Alerts.Life.AlertConfidence;
using static SpexStream.Domain.Alerts.Life.AlertTransition;

namespace SpexStream.Tests.Alerts;

/// <summary>What a second opinion on the same pass does to the confidence in an alert, and what it never
/// does.</summary>
public sealed class AlertAgreementTests
{
    [Fact]
    public void Passes_that_both_agree_on_make_confidence_highest_when_they_confirm()
    {
        var play = new Play(Play.Water());
        Assert.Equal([Raised], See(play, 1, 8, both: 6));
        Assert.Equal(Low, play.Told.Confidence);
        Assert.Equal([Confirmed], See(play, 2, 9, both: 5));
        Assert.Equal(Highest, play.Told.Confidence);
        Assert.Equal("spectral", play.State.Passes[^1].AgreedBy);
    }

    [Theory]
    [InlineData(4.9)]
    [InlineData(0.0)]
    [InlineData(null)]
    public void A_pass_that_the_second_does_not_hold_beyond_the_threshold_does_not_count(double? both)
    {
        var play = new Play(Play.Water());
        See(play, 1, 8, both: 8);
        Assert.Equal([Confirmed], See(play, 2, 9, both));
        Assert.Equal(High, play.Told.Confidence);
        Assert.Null(play.State.Passes[^1].AgreedBy);

        // Two of three agree from here on.
        Assert.Equal([Updated], See(play, 3, 9, both: 9));
        Assert.Equal(Highest, play.Told.Confidence);
    }

    [Fact]
    public void Agreed_passes_that_lie_too_far_apart_do_not_confirm_each_other()
    {
        var play = new Play(Play.Water());
        See(play, 1, 8, both: 8);
        See(play, 2, 8, both: null);
        See(play, 3, 8, both: null);
        See(play, 4, 8, both: 8);
        Assert.Equal(High, play.Told.Confidence);
    }

    [Fact]
    public void Disagreement_neither_raises_nor_clears()
    {
        var play = new Play(Play.Water());
        Assert.Empty(See(play, 1, 4, both: 40));
        See(play, 2, 8, both: 8);
        See(play, 3, 8, both: 8);
        Assert.Equal([Extended], See(play, 4, 8, both: 0));
        Assert.Equal(AlertPhase.Confirmed, play.State.Open!.Phase);
    }

    [Fact]
    public void A_revision_on_which_the_second_does_not_agree_takes_the_confidence_back()
    {
        var play = new Play(Play.Water());
        See(play, 1, 8, both: 8);
        See(play, 2, 8, both: 8);
        Assert.Equal(Highest, play.Told.Confidence);
        Assert.Equal([Updated], See(play, 1, 8, both: 1, revision: 2, at: 2.5));
        Assert.Equal(High, play.Told.Confidence);
        Assert.Equal([Updated], See(play, 1, 8, both: 7, revision: 3, at: 2.6));
        Assert.Equal(Highest, play.Told.Confidence);
    }

    [Fact]
    public void A_withdrawn_pass_takes_its_agreement_with_it()
    {
        var play = new Play(Play.Water());
        See(play, 1, 8, both: 8);
        See(play, 2, 8, both: null);
        See(play, 3, 8, both: 8);
        Assert.Equal(Highest, play.Told.Confidence);
        Assert.Equal([Updated], play.Retract(3, 3.5));
        Assert.Equal(High, play.Told.Confidence);
    }

    [Fact]
    public void One_backend_asked_twice_is_no_second_opinion()
    {
        var play = new Play(Play.Water() with { ConfirmPasses = 1 });
        var pass = Play.Pass(1, 8) with { Second = new("spectral") { Both = Extent(8) } };
        play.Do(new AlertInput.Observed(pass), 1.1);
        Assert.Equal(High, play.Told.Confidence);
    }

    [Fact]
    public void A_rule_against_too_little_goes_by_the_most_that_either_leaves_room_for()
    {
        var rule = Play.Water() with
        {
            Enter = 20,
            Exit = 25,
            ConfirmPasses = 1,
            Severities = [new(20, AlertSeverity.Minor)],
        };
        Assert.Equal(Highest, ConfidenceOf(new("spectral") { Either = Extent(19) }));
        Assert.Equal(High, ConfidenceOf(new("spectral") { Either = Extent(21) }));
        // The least that both vouch for says nothing of too little.
        Assert.Equal(High, ConfidenceOf(new("spectral") { Both = Extent(1) }));

        AlertConfidence ConfidenceOf(SecondOpinion second)
        {
            var play = new Play(rule);
            play.Do(new AlertInput.Observed(Model(1, 15) with { Second = second }), 1.1);
            return play.Told.Confidence;
        }
    }

    [Fact]
    public void The_change_that_both_vouch_for_is_counted_from_what_is_usual()
    {
        var play = new Play(Play.Water() with
        {
            Metric = AlertMetric.Change,
            Baseline = new AlertBaseline.Median(2),
            ConfirmPasses = 1,
        });
        See(play, 1, 10, both: 10);
        See(play, 2, 10, both: 10);
        Assert.Equal([Raised], See(play, 3, 20, both: 14));
        Assert.Equal(High, play.Told.Confidence);
        Assert.Equal([Updated], See(play, 4, 20, both: 15.1));
        Assert.Equal(Highest, play.Told.Confidence);
    }

    [Fact]
    public void Silence_is_no_agreement_with_a_threshold_that_anything_is_beyond()
    {
        var rise = Play.Water(enter: -50, exit: -60) with
        {
            Metric = AlertMetric.Change,
            Baseline = new AlertBaseline.Median(1),
            ConfirmPasses = 1,
        };
        var play = new Play(rise);
        play.Do(new AlertInput.Observed(Model(0, 70)), 0.1);
        play.Do(new AlertInput.Observed(Model(1, 70) with { Second = new("spectral") { Both = Extent(0) } }), 1.1);
        Assert.Null(play.State.Passes[^1].AgreedBy);

        var fall = Play.Water(enter: 100, exit: 110) with { ConfirmPasses = 1 };
        play = new Play(fall);
        play.Do(
            new AlertInput.Observed(Model(1, 50) with { Second = new("spectral") { Either = Extent(100) } }), 1.1);
        Assert.Equal(High, play.Told.Confidence);
    }

    [Theory]
    [InlineData(MessageLanguage.English, "meadow: open water 8 ha, confirmed by two backends")]
    [InlineData(MessageLanguage.German, "meadow: offenes Wasser 8 ha, von zwei Verfahren bestätigt")]
    public void The_headline_says_so(MessageLanguage language, string headline)
    {
        var play = new Play(Play.Water() with { Language = language, ConfirmPasses = 1 });
        See(play, 1, 8, both: 8);
        var area = Places.Area("meadow", Places.Box(10, 50, 11, 51));
        Assert.Equal(headline, AlertNotices.HeadlineOf(play.Rule, area, play.State.Open!));
    }

    [Fact]
    public void Records_without_a_second_opinion_are_those_of_before_and_are_read()
    {
        var json = new JsonSerializerOptions { Converters = { new SceneIdConverter() } };
        var play = new Play(Play.Water());
        play.Do(new AlertInput.Observed(Model(1, 8)), 1.1);
        var kept = play.State.Passes[0];
        var text = JsonSerializer.Serialize(kept, json);
        Assert.DoesNotContain("Second", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AgreedBy", text, StringComparison.Ordinal);
        var read = JsonSerializer.Deserialize<KeptPass>(text, json)!;
        Assert.Equal((null, null), (read.AgreedBy, read.Pass.Second));
        See(play, 2, 8, both: 8);
        read = JsonSerializer.Deserialize<KeptPass>(JsonSerializer.Serialize(play.State.Passes[1], json), json)!;
        Assert.Equal(("spectral", Extent(8)), (read.AgreedBy, read.Pass.Second!.Both));
    }

    [Fact]
    public void What_was_read_of_an_area_comes_to_the_life_of_its_alert_with_the_second_opinion()
    {
        var book = new Domain.Alerts.Book.AlertBook();
        book.Apply(new Domain.Journal.SceneFact.RuleUsed(Play.Water()));
        var pass = Model(1, 8);
        var second = new SecondOpinion("spectral") { Both = Extent(8) };
        var work = Domain.Alerts.Book.AlertDesk.Observed(
            book, pass.Scene,
            [
                new(1, pass.SensedAt, pass.Backend, null,
                [
                    new(
                        new Play(Play.Water()).State.Area, LandCoverClass.Water,
                        Play.Water().MinimumHectares * 10_000, null, pass.Measured)
                    {
                        Second = second,
                    },
                ]),
            ],
            null);
        Assert.Same(second, Assert.IsType<AlertInput.Observed>(Assert.Single(work).Input).Pass.Second);
    }

    private static AlertTransition[] See(
        Play play, double day, double hectares, double? both, int revision = 1, double? at = null) =>
        play.Do(
            new AlertInput.Observed(Model(day, hectares, revision) with
            {
                Second = both is { } agreed ? new("spectral") { Both = Extent(agreed) } : null,
            }),
            at ?? day + (1 / 24.0));

    private static AreaPass Model(double day, double hectares, int revision = 1) =>
        Play.Pass(day, hectares, revision: revision, backend: "segmentation");

    private static ClassExtent Extent(double hectares) => new(hectares * 10_000, hectares * 10_000);
}
