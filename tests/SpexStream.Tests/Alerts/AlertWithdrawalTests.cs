using SpexStream.Domain.Alerts.Life;
using Xunit;
using static SpexStream.Domain.Alerts.Life.AlertTransition;

namespace SpexStream.Tests.Alerts;

public sealed class AlertWithdrawalTests
{
    [Fact]
    public void Without_its_only_pass_an_alert_is_cancelled()
    {
        var play = new Play(Play.Water());
        play.See(1, 8);
        Assert.Equal([Cancelled], play.Retract(1, 2));
        Assert.Empty(play.Do(new AlertInput.Observed(Play.Pass(1, 8)), 2));
    }

    [Fact]
    public void Without_the_pass_that_confirmed_it_an_alert_is_cancelled_even_when_it_is_over()
    {
        var open = new Play(Play.Water());
        open.See(1, 8);
        open.See(2, 30);
        Assert.Equal([Cancelled], open.Retract(2, 3));
        var over = new Play(Play.Water());
        over.See(1, 8);
        over.See(2, 30);
        Assert.Equal([Cleared], over.See(3, 0));
        var cleared = over.Told;
        Assert.Equal([Cancelled], over.Retract(2, 4));
        Assert.Equal((cleared.Id, cleared.Number + 1), (over.Told.Id, over.Told.Number));
        Assert.Empty(over.Retract(1, 5));
    }

    [Fact]
    public void With_enough_passes_left_an_alert_is_only_updated()
    {
        var play = new Play(Play.Water());
        play.See(1, 8);
        play.See(2, 9);
        play.See(3, 10);
        Assert.Equal([Updated], play.Retract(3, 4));
        Assert.Equal((9.0, 2), (play.Told.Value, play.Told.Count));
        Assert.Equal(AlertPhase.Confirmed, play.Told.Phase);
        Assert.Empty(play.See(3, 10));
    }

    [Fact]
    public void Without_its_first_pass_an_alert_begins_with_the_next()
    {
        var play = new Play(Play.Water());
        play.See(1, 8);
        play.See(2, 9);
        play.See(3, 10);
        Assert.Equal([Updated], play.Retract(1, 4));
        Assert.Equal(Play.Day(2), play.Told.FirstSeen);
    }

    [Fact]
    public void An_alert_that_no_pass_holds_under_new_thresholds_lasts_no_less_than_nothing()
    {
        var play = new Play(Play.Water());
        play.See(1, 10);
        play.See(2, 10);
        play.See(3, 10);
        play.Rule = Play.Water(enter: 50, exit: 40);
        Assert.Equal([Cleared], play.Retract(1, 4));
        Assert.Equal((Play.Day(2), Play.Day(2)), (play.Told.FirstSeen, play.Told.LastSeen));
    }

    [Fact]
    public void What_an_alert_does_not_rest_on_may_be_withdrawn_without_a_word()
    {
        var play = new Play(Play.Water());
        play.See(0, 1);
        play.See(1, 8);
        Assert.Empty(play.Retract(0, 2));
        Assert.Empty(play.Retract(77, 2));
        Assert.NotNull(play.State.Open);
    }

    [Fact]
    public void A_revision_takes_the_place_of_what_was_judged()
    {
        var play = new Play(Play.Water());
        play.See(1, 8);
        Assert.Equal([Updated], play.Revise(1, 12, 2, 1.5));
        Assert.Equal((12.0, 1), (play.Told.Value, play.Told.Count));
        Assert.Empty(play.Revise(1, 50, 1, 1.6));
        Assert.Equal([Cancelled], play.Revise(1, 0, 3, 1.7));
    }

    [Fact]
    public void A_revision_of_the_newest_pass_may_raise_but_one_of_an_older_pass_may_not()
    {
        var play = new Play(Play.Water());
        play.See(1, 1);
        play.See(2, 1);
        Assert.Empty(play.Revise(1, 30, 2, 2.5));
        Assert.Equal([Raised], play.Revise(2, 30, 2, 2.5));
    }

    [Fact]
    public void A_revision_that_sees_the_area_no_more_withdraws_the_pass()
    {
        var play = new Play(Play.Water());
        play.See(1, 8);
        Assert.Equal([Cancelled], play.Do(new AlertInput.Observed(Play.Pass(1, 8, 0.2, revision: 2)), 1.5));
    }

    [Fact]
    public void A_withdrawn_scene_may_come_again_as_another_revision()
    {
        var play = new Play(Play.Water());
        play.See(1, 8);
        var first = play.Told.Id;
        play.Retract(1, 1.2);
        Assert.Equal([Raised], play.Revise(1, 9, 2, 1.5));
        Assert.NotEqual(first, play.Told.Id);
    }

    [Fact]
    public void A_cancelled_alert_that_had_expired_refers_to_the_message_that_was_sent_last()
    {
        var play = new Play(Play.Water());
        play.See(1, 8);
        play.See(2, 9);
        var sent = play.Told;
        Assert.Equal([Expired], play.Tick(30));
        Assert.Equal([Cancelled], play.Retract(2, 31));
        Assert.Equal((sent.Number + 1, sent.ToldAt), (play.Told.Number, play.Told.ToldBefore));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_alert_of_more_passes_than_are_kept_is_cancelled_when_all_of_them_are_withdrawn(bool oldestFirst)
    {
        var play = new Play(Play.Water());
        for (var day = 1; day <= 70; day++)
        {
            play.See(day, 8);
        }

        var days = Enumerable.Range(1, 70).ToList();
        var changes = (oldestFirst ? days : days.AsEnumerable().Reverse())
            .SelectMany(day => play.Retract(day, 71)).ToList();
        Assert.Equal([Cancelled], changes.Where(change => change != Updated));
        Assert.Equal(Cancelled, changes[^1]);
        Assert.Null(play.State.Open);
    }

    [Theory]
    [InlineData(71)]
    [InlineData(72)]
    [InlineData(73)]
    public void Whatever_the_order_an_alert_that_is_over_is_cancelled_once_all_of_it_is_withdrawn(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var play = new Play(Play.Water());
            var hits = 2 + random.Next(4);
            var days = Enumerable.Range(1, hits + 1).ToArray();
            Array.ForEach(days, day => play.See(day, day <= hits ? 8 : 0));
            Assert.NotNull(play.State.Ended);
            random.Shuffle(days);
            var told = days.SelectMany(day => play.Retract(day, 20)).ToArray();
            Assert.True(told is [Cancelled], $"seed {seed}, {string.Join(' ', days)}: {string.Join(' ', told)}");
        }
    }

    [Fact]
    public void A_long_alert_goes_on_while_passes_that_are_kept_speak_for_it()
    {
        var play = new Play(Play.Water());
        for (var day = 1; day <= 70; day++)
        {
            play.See(day, 8);
        }

        Assert.Equal([Updated], play.Retract(10, 71));
        Assert.NotNull(play.State.Open);
    }

    [Theory]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    public void Whatever_comes_in_whatever_order_nothing_is_said_twice_and_every_alert_has_one_life(int seed)
    {
        // Each step of the play checks that a repeat does nothing and that the facts give the same state.
        var random = new Random(seed);
        var play = new Play(Play.Water() with { ConfirmPasses = 1 + random.Next(3) });
        var now = 0.0;
        for (var step = 0; step < 400; step++)
        {
            now += random.NextDouble() * 2;
            var day = Math.Round(Math.Max(0, now - (random.Next(4) == 0 ? random.NextDouble() * 8 : 0.1)), 1);
            _ = random.Next(8) switch
            {
                0 => play.Retract(day, now),
                1 => play.Tick(now),
                2 => play.Revise(day, random.Next(30), 1 + random.Next(3), now),
                3 => play.See(day, random.Next(30), random.NextDouble()),
                _ => play.See(day, random.Next(30)),
            };
        }

        var changes = play.Facts.OfType<AlertFact.AlertChanged>().ToList();
        Assert.Contains(changes, change => change.Transition == Cleared);
        foreach (var life in changes.GroupBy(change => change.Standing.Id))
        {
            Assert.Equal([Raised], life.Select(change => change.Transition).Where(t => t == Raised));
            Assert.Equal(Raised, life.First().Transition);
            Assert.True(life.Count(change => change.Transition is Cleared or Expired) <= 1, $"seed {seed}");
            Assert.True(life.Count(change => change.Transition == Cancelled) <= 1, $"seed {seed}");
            var told = life.Where(change => change.Transition is not (Extended or Expired))
                .Select(change => change.Standing.Number);
            Assert.Equal(Enumerable.Range(1, told.Count()), told);
        }
    }
}
