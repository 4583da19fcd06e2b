using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>Which pass is the one before, and what becomes of what was said of it.</summary>
public sealed class EarlierPassTests
{
    [Theory]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(63)]
    public void It_is_the_newest_that_was_seen_clearly_before_and_stands(int seed)
    {
        var random = new Random(seed);
        var play = new Play(Play.Water());
        var standing = new List<double>();
        for (var day = 1; day < 60; day++)
        {
            var clear = random.NextDouble() < 0.7 ? 1 : 0.1;
            play.See(day, random.NextDouble() * 10, clear);
            if (clear == 1)
            {
                standing.Add(day);
            }

            if (standing.Count > 0 && random.NextDouble() < 0.2)
            {
                var gone = standing[random.Next(standing.Count)];
                play.Retract(gone, day + 0.1);
                standing.Remove(gone);
            }

            var next = EarlierPass.Of(play.State, Play.Pass(day + 0.5, 3));
            Assert.Equal(standing.Count == 0 ? null : $"s{standing[^1]}", next?.Scene.Value);
            if (standing.Count > 1)
            {
                // A revision is not compared with itself, whatever time it gives.
                var revised = EarlierPass.Of(
                    play.State, Play.Pass(standing[^1], 3, revision: 2) with { SensedAt = Play.Day(80) });
                Assert.Equal($"s{standing[^2]}", revised!.Scene.Value);
            }
        }
    }

    [Fact]
    public void A_pass_over_another_outline_is_none()
    {
        var play = new Play(Play.Water());
        play.Do(new AlertInput.Observed(Play.Pass(1, 3) with { Outline = "aaaaaaaaaaaa" }), 1.1);
        Assert.NotNull(EarlierPass.Of(play.State, Play.Pass(2, 3) with { Outline = "aaaaaaaaaaaa" }));
        Assert.Null(EarlierPass.Of(play.State, Play.Pass(2, 3) with { Outline = "bbbbbbbbbbbb" }));
    }

    [Fact]
    public void Only_passes_that_change_what_is_said_ask_for_a_comparison()
    {
        var book = new AlertBook();
        var rule = Play.Water();
        book.Apply(new SceneFact.RuleUsed(rule));
        Assert.Empty(Orders(1, 0));
        See(1, 0);
        Assert.Empty(Orders(2, 1));
        Assert.Equal("s1", Assert.Single(Orders(2, 8)).Change.Since.Scene.Value);
        See(2, 8);
        Assert.Equal("s2", Assert.Single(Orders(3, 0)).Change.Since.Scene.Value);
        // Too old to have a part in an alert.
        Assert.Empty(Orders(3, 8, now: 9));

        System.Collections.Immutable.ImmutableArray<ChangeOrder> Orders(
            double day, double hectares, double? now = null) =>
            ChangeOrder.In(book, [Work(day, hectares)], Play.Day(now ?? (day + 0.1)));

        void See(double day, double hectares)
        {
            var work = Work(day, hectares);
            var facts = AlertLife.Step(rule, book.StateOf(rule.Id, work.Area), work.Input, Play.Day(day + 0.1)).Facts;
            book.Apply(new SceneFact.AlertsJudged([new(rule.Id, work.Area, facts)]));
        }

        AlertWork Work(double day, double hectares) =>
            new(rule, new Play(rule).State.Area, new AlertInput.Observed(Play.Pass(day, hectares)));
    }

    [Fact]
    public void What_was_said_of_a_pass_goes_with_it_and_with_the_one_before()
    {
        var play = new Play(Play.Water());
        play.See(1, 0);
        play.Do(Compared(2, 8, since: 1), 2.1);
        Assert.Equal("s1", play.State.Open!.Change!.Since.Scene.Value);
        play.Do(Compared(3, 9, since: 2), 3.1);
        play.Do(Compared(4, 10, since: 3), 4.1);
        play.Do(Compared(3, 9.5, since: 2, revision: 2), 4.2);
        Assert.Equal("s4", play.State.Open!.Change!.Scene.Value);
        play.Retract(4, 4.3);
        Assert.Null(play.State.Open!.Change);
        play.Do(Compared(5, 10, since: 3), 5.1);
        Assert.Equal("s3", play.State.Open!.Change!.Since.Scene.Value);
        play.Retract(3, 5.2, revision: 2);
        Assert.Null(play.State.Open!.Change);
    }

    private static AlertInput.Observed Compared(double day, double hectares, double since, int revision = 1) =>
        new(Play.Pass(day, hectares, revision: revision))
        {
            Change = new(SceneId.Parse($"s{day}"), revision, new(SceneId.Parse($"s{since}"), 1, Play.Day(since))),
        };
}
