using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Messages;
using Xunit;
using static SpexStream.Domain.Alerts.Life.AlertTransition;

namespace SpexStream.Tests.Alerts;

public sealed class AlertLifeTests
{
    [Fact]
    public void Passes_over_an_area_before_it_was_redrawn_do_not_say_what_is_usual_there()
    {
        var play = new Play(Play.Water() with
        {
            Metric = AlertMetric.Change,
            Baseline = new AlertBaseline.Median(2),
        });
        for (var day = 1; day <= 6; day++)
        {
            // Usually a tenth of it is water, and after it was drawn anew a half.
            var pass = Play.Pass(day, day <= 3 ? 10 : 50) with { Outline = day <= 3 ? "lake" : "valley" };
            Assert.Empty(play.Do(new AlertInput.Observed(pass), day + 0.1));
        }

        Assert.Equal([Raised], play.Do(
            new AlertInput.Observed(Play.Pass(7, 60) with { Outline = "valley" }), 7.1));
        Assert.Equal(10, play.Told.Value, 6);
    }

    [Fact]
    public void A_flood_is_raised_once_confirmed_once_updated_and_cleared_once()
    {
        var play = new Play(Play.Water());
        Assert.Empty(play.See(0, 0.1));
        Assert.Equal([Raised], play.See(1, 8));
        Assert.Equal(
            (AlertPhase.Provisional, AlertConfidence.Low), (play.Told.Phase, play.Told.Confidence));
        Assert.Empty(play.See(2, 0, clear: 0.3));
        Assert.Equal([Confirmed], play.See(3, 30));
        Assert.Equal(AlertSeverity.Severe, play.Told.Severity);
        Assert.Equal([Updated], play.See(4, 12));
        Assert.Equal(AlertSeverity.Moderate, play.Told.Severity);
        Assert.Equal([Cleared], play.See(5, 0.5));
        Assert.Equal((3, 4, Play.Day(1), Play.Day(4)),
            (play.Told.Count, play.Told.Number, play.Told.FirstSeen, play.Told.LastSeen));
        Assert.Single(play.Facts.OfType<AlertFact.AlertChanged>().Select(fact => fact.Standing.Id).Distinct());
    }

    [Fact]
    public void A_replay_of_every_pass_says_nothing()
    {
        var play = new Play(Play.Water());
        (double Day, double Hectares)[] passes = [(0, 0.1), (1, 8), (3, 30), (5, 0.5)];
        foreach (var (day, hectares) in passes)
        {
            play.See(day, hectares);
        }

        var facts = play.Facts.Count;
        foreach (var (day, hectares) in passes)
        {
            Assert.Empty(play.Do(new AlertInput.Observed(Play.Pass(day, hectares)), 6));
            Assert.Empty(play.Do(new AlertInput.Observed(Play.Pass(day, 50, scene: $"again{day}")), 6));
        }

        Assert.Equal(facts, play.Facts.Count);
    }

    [Fact]
    public void A_pass_that_is_too_old_raises_nothing_but_may_say_what_is_usual()
    {
        var play = new Play(Play.Water());
        Assert.Empty(play.Do(new AlertInput.Observed(Play.Pass(1, 30)), 10));
        Assert.Empty(play.Do(new AlertInput.Observed(Play.Pass(2, 1)), 10));
        Assert.Equal([false, true], play.State.Passes.Select(kept => kept.IsUsual));
        Assert.Equal([Raised], play.See(9.9, 30));
    }

    [Fact]
    public void A_pass_from_the_future_is_no_pass()
    {
        var play = new Play(Play.Water());
        Assert.Empty(play.Do(new AlertInput.Observed(Play.Pass(2, 30)), 1));
        Assert.Null(play.State.Newest);
    }

    [Fact]
    public void Between_exit_and_enter_an_alert_stays_and_none_begins()
    {
        var play = new Play(Play.Water());
        Assert.Empty(play.See(0, 3));
        Assert.Equal([Raised], play.See(1, 6));
        Assert.Equal([Confirmed], play.See(2, 6.1));
        Assert.Equal([Updated], play.See(3, 3));
        Assert.Equal([Extended], play.See(4, 3.1));
        Assert.Equal([Cleared], play.See(5, 2));
        Assert.Empty(play.See(6, 4.9));
    }

    [Fact]
    public void A_provisional_alert_waits_as_long_as_it_can_be_confirmed()
    {
        var play = new Play(Play.Water());
        Assert.Equal([Raised], play.See(1, 8));
        Assert.Equal([Extended], play.See(2, 0));
        Assert.Equal([Confirmed], play.See(3, 8));
        var other = new Play(Play.Water());
        Assert.Equal([Raised], other.See(1, 8));
        Assert.Equal([Extended], other.See(2, 0));
        Assert.Equal([Cleared], other.See(3, 0));
    }

    [Fact]
    public void Hits_too_far_apart_to_confirm_an_alert_do_not_keep_it_open()
    {
        var play = new Play(Play.Water());
        Assert.Equal([Raised], play.See(1, 8));
        Assert.Equal([Updated], play.See(2, 3));
        Assert.Equal([Extended], play.See(3, 3));
        Assert.Equal([Updated], play.See(4, 8));
        Assert.Equal([Extended], play.See(5, 0));
        Assert.Equal([Cleared], play.See(6, 0));
    }

    [Fact]
    public void One_pass_of_one_confirms_at_once()
    {
        var play = new Play(Play.Water() with { ConfirmPasses = 1, OutOfPasses = 1 });
        Assert.Equal([Raised], play.See(1, 8));
        Assert.Equal((AlertPhase.Confirmed, AlertConfidence.High), (play.Told.Phase, play.Told.Confidence));
        Assert.Equal([Cleared], play.See(2, 0));
    }

    [Fact]
    public void Two_backends_that_agree_give_the_highest_confidence()
    {
        var play = new Play(Play.Water());
        play.See(1, 8);
        Assert.Equal([Confirmed], play.See(2, 8));
        Assert.Equal(AlertConfidence.High, play.Told.Confidence);
        Assert.Equal([Updated], play.See(3, 8, backend: "segmentation"));
        Assert.Equal(AlertConfidence.Highest, play.Told.Confidence);
        var revised = new Play(Play.Water() with { ConfirmPasses = 1 });
        revised.See(1, 8);
        Assert.Equal([Updated], revised.Revise(1, 8, 2, 1.2, "spex"));
        Assert.Equal(AlertConfidence.Highest, revised.Told.Confidence);
    }

    [Fact]
    public void After_an_alert_it_stays_quiet_for_the_cool_down()
    {
        var play = new Play(Play.Water() with { ConfirmPasses = 1, CoolDown = TimeSpan.FromDays(3) });
        play.See(1, 8);
        Assert.Equal([Cleared], play.See(2, 0));
        Assert.Empty(play.See(4, 8));
        var first = play.Told.Id;
        Assert.Equal([Raised], play.See(5, 8));
        Assert.NotEqual(first, play.Told.Id);
    }

    [Fact]
    public void An_alert_that_nobody_sees_any_more_expires_and_is_not_said_to_be_over()
    {
        var play = new Play(Play.Water());
        play.See(1, 8);
        Assert.Equal(Play.Day(8), AlertLife.NextTick(play.State));
        Assert.Empty(play.See(5, 0, clear: 0.1));
        Assert.Empty(play.Tick(7.9));
        Assert.Equal([Expired], play.Tick(8));
        Assert.Empty(play.Tick(9));
        Assert.Null(AlertLife.NextTick(play.State));
    }

    [Fact]
    public void A_rule_that_is_gone_takes_its_alert_back()
    {
        var play = new Play(Play.Water());
        play.See(1, 8);
        Assert.Equal([Cancelled], play.Do(new AlertInput.RuleGone("the rule was removed"), 2));
    }

    [Fact]
    public void A_rule_for_too_little_works_the_other_way_round()
    {
        var play = new Play(Play.Water(20, 30) with
        {
            Severities = [new(20, AlertSeverity.Minor), new(5, AlertSeverity.Extreme)],
        });
        Assert.Empty(play.See(0, 50));
        Assert.Equal([Raised], play.See(1, 15));
        Assert.Equal([Confirmed], play.See(2, 4));
        Assert.Equal(AlertSeverity.Extreme, play.Told.Severity);
        Assert.Equal([Updated], play.See(3, 29));
        Assert.Equal([Cleared], play.See(4, 30));
    }

    [Fact]
    public void Change_is_held_against_the_median_which_an_alert_does_not_move()
    {
        var play = new Play(Play.Water() with
        {
            Metric = AlertMetric.Change,
            Baseline = new AlertBaseline.Median(5),
        });
        Assert.Empty(play.See(0, 90));
        Assert.Empty(play.See(1, 10));
        Assert.Empty(play.See(2, 10));
        // Three of five are known: the median is 10 % of what is seen.
        Assert.Equal([Raised], play.See(3, 18));
        Assert.Equal(0.1, play.Told.UsualShare);
        Assert.Equal(8, play.Told.Value, 9);
        Assert.Equal([Confirmed], play.See(4, 18));
        for (var day = 5; day < 12; day++)
        {
            Assert.Equal([Extended], play.See(day, 18));
        }

        Assert.Equal([Cleared], play.See(12, 11));
    }

    [Fact]
    public void What_was_usual_when_an_alert_began_stays_so_for_its_life()
    {
        var play = new Play(Play.Water() with
        {
            Metric = AlertMetric.Change,
            Baseline = new AlertBaseline.Median(5),
        });
        play.See(0, 10);
        play.See(1, 10);
        play.See(2, 10);
        Assert.Equal([Raised], play.See(3, 18));
        Assert.Empty(play.Retract(1, 3.5));
        Assert.Equal([Confirmed], play.See(4, 18));
    }

    [Fact]
    public void A_cloud_over_part_of_the_area_is_no_loss()
    {
        var play = new Play(Play.Water(-5, -2) with
        {
            Metric = AlertMetric.Change,
            Baseline = new AlertBaseline.Median(2),
            Severities = [new(-5, AlertSeverity.Minor)],
        });
        play.See(0, 40);
        Assert.Empty(play.See(1, 26, clear: 0.65));
        Assert.Equal([Raised], play.See(2, 20, clear: 0.65));
    }
}
