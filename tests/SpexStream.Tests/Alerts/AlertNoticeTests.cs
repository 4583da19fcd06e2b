using System.Text.Json;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;
using SpexStream.Journal.Facts;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class AlertNoticeTests
{
    private static readonly AreaOfInterest Meadow =
        Places.Area("meadow", [new LonLat(10, 50), new(11, 50), new(11, 51)]) with { Name = "The meadow" };

    private static readonly JsonSerializerOptions Json = new() { Converters = { new SceneIdConverter() } };

    [Fact]
    public void A_life_in_the_words_of_cap()
    {
        var notices = Notices(Play.Water());
        Assert.Equal(
            [CapMessageType.Alert, CapMessageType.Update, CapMessageType.Update], notices.Select(n => n.MessageType));
        Assert.Equal(["Likely", "Observed", "Observed"], notices.Select(notice => notice.Certainty));
        Assert.Equal(["Expected", "Immediate", "Past"], notices.Select(notice => notice.Urgency));
        Assert.All(notices, notice => Assert.Equal("surface-water-increase", notice.Event));
        Assert.Null(notices[0].Reference);
        Assert.Equal(new(notices[0].Identifier, notices[0].Sent), notices[1].Reference);
        Assert.Equal(new(notices[1].Identifier, notices[1].Sent), notices[2].Reference);
        Assert.Equal([true, true, false], notices.Select(notice => notice.IsOpen));
        Assert.Equal((30.0, 22.0), (notices[1].Rule.Observed, notices[1].Rule.Delta));
        Assert.Equal("The meadow: open water 30 ha, confirmed", notices[1].Headline);
    }

    [Fact]
    public void A_headline_is_in_the_language_of_the_rule() => Assert.Equal(
        "The meadow: offenes Wasser 8,2 ha, noch nicht bestätigt",
        Notices(Play.Water() with { Language = MessageLanguage.German }, 8.2)[0].Headline);

    [Theory]
    [InlineData("en", 3,
        "The meadow: open water 1 ha, the newest pass speaks against the alert, which is not confirmed")]
    [InlineData("de", 3,
        "The meadow: offenes Wasser 1 ha, der jüngste Überflug spricht gegen die Meldung, die nicht bestätigt ist")]
    [InlineData("en", 2, "The meadow: open water 4 ha, not yet confirmed")]
    public void A_headline_says_when_the_newest_pass_speaks_against_the_alert(string tag, int pass, string headline)
    {
        var play = new Play(Play.Water() with { OutOfPasses = 4, Language = MessageLanguages.FromTag(tag)!.Value });
        double[] hectares = [8, 4, 1];
        for (var i = 0; i < pass; i++)
        {
            play.See(i + 1, hectares[i]);
        }

        Assert.Equal(headline, AlertNotices.HeadlineOf(play.Rule, Meadow, play.State.Open!));
    }

    [Theory]
    [InlineData(MessageLanguage.English, "The meadow: open water, alert withdrawn")]
    [InlineData(MessageLanguage.German, "The meadow: offenes Wasser, Meldung zurückgezogen")]
    public void The_headline_of_an_alert_that_is_withdrawn_gives_no_number(MessageLanguage language, string headline)
    {
        var play = new Play(Play.Water() with { Language = language });
        play.See(1, 8);
        play.Retract(1, 1);
        Assert.Equal(headline, AlertNotices.Of(
            play.Rule, Meadow, play.Facts.OfType<AlertFact.AlertChanged>().Last(), default, default).Headline);
    }

    [Fact]
    public void Facts_come_back_from_the_journal_as_they_were()
    {
        var play = new Play(Play.Water());
        play.See(0, 1);
        play.See(1, 8);
        play.Revise(1, 9, 2, 1.5, "spex");
        play.See(2, 30);
        play.Retract(2, 3);
        var before = JsonSerializer.Serialize(play.Facts, Json);
        var facts = JsonSerializer.Deserialize<List<AlertFact>>(before, Json)!;
        Assert.Equal(before, JsonSerializer.Serialize(facts, Json));
        var state = facts.Aggregate(
            new AlertState(play.State.Rule, play.State.Area), (folded, fact) => folded.Apply(fact));
        Assert.Equal(play.State.Newest, state.Newest);
        Assert.Equal(play.State.Open, state.Open);
        Assert.Equal(play.State.Withdrawn.ToArray(), state.Withdrawn.ToArray());
        Assert.Equal(
            JsonSerializer.Serialize(play.State.Passes, Json), JsonSerializer.Serialize(state.Passes, Json));
    }

    private static AlertNotice[] Notices(AlertRule rule, double first = 8)
    {
        var play = new Play(rule);
        play.See(1, first);
        play.See(2, 30);
        play.See(3, 0);
        return [.. play.Facts.OfType<AlertFact.AlertChanged>().Select(
            fact => AlertNotices.Of(rule, Meadow, fact, AlertStatus.Test, AlertScope.Restricted))];
    }
}
