using System.Text;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>Alerts that an operator has switched to actual, back to tests, or off.</summary>
public sealed partial class AlertJudgeTests
{
    private bool _isActual;

    [Fact]
    public async Task What_is_open_is_told_once_more_when_alerts_are_switched_to_actual_and_when_they_are_back()
    {
        await SeeAsync(1, 10);
        foreach (var actual in new[] { true, false })
        {
            _isActual = actual;
            await RestartAsync();
            Assert.Equal(["updated"], await RoundAsync());
            await RestartAsync();
            Assert.Empty(await RoundAsync());
            var told = (await SentAsync())[^3..];
            Assert.All(told, message => Assert.Contains(
                actual ? "Actual" : "Test", Encoding.UTF8.GetString(message.Payload.Span), StringComparison.Ordinal));
            Assert.Equal([false, false, true], told.Select(message => message.Retain));
        }

        _isActual = true;
        Assert.Equal(["updated", "confirmed"], await SeeAfterRestartAsync());
        Assert.Equal(1, await IdsAsync());

        async Task<string[]> SeeAfterRestartAsync()
        {
            await RestartAsync();
            return await SeeAsync(2, 10);
        }
    }

    [Fact]
    public async Task Rules_that_are_switched_off_take_their_alerts_along_and_no_other_nodes()
    {
        var first = Node("first", TwoRules);
        await first.SeeAsync(1, 10);
        await new AlertFarewell(Tools("never-had-any")).RunAsync(default);
        Assert.Equal(["raised", "raised"], await ToldAsync());
        await new AlertFarewell(Tools("first")).RunAsync(default);
        await new AlertFarewell(Tools("first")).RunAsync(default);
        Assert.Equal(["raised", "raised", "cancelled", "cancelled"], await ToldAsync());
        Assert.Equal(0, (await SentAsync())[^1].Payload.Length);
        Assert.Equal(["raised", "raised"], (await SeeAgainAsync())[^2..]);

        async Task<string[]> SeeAgainAsync()
        {
            await Node("first", TwoRules).SeeAsync(2, 10);
            return await ToldAsync();
        }
    }

    [Fact]
    public async Task An_area_that_is_redrawn_loses_its_alert_and_one_that_is_renamed_does_not()
    {
        var area = OneRule.Index.Areas[0];
        await SeeAsync(1, 10, outline: area.OutlineDigest());
        _judge.Rules = _rules = OneRule with { Index = new([area with { Name = "The wet meadow" }]) };
        Assert.Empty(await RoundAsync());
        var redrawn = Places.Area("meadow", Places.Box(10, 50, 10.2, 50.1));
        _judge.Rules = _rules = OneRule with { Index = new([redrawn]) };
        Assert.Equal(["cancelled"], await RoundAsync());
        Assert.Equal(["raised"], await SeeAsync(2, 10, outline: redrawn.OutlineDigest()));
    }

    [Fact]
    public async Task Where_there_never_were_alerts_none_are_ended()
    {
        await new AlertFarewell(Tools("first")).RunAsync(default);
        Assert.Null(await _journal.FindAsync(SceneId.OfStream("alerts-a")));
    }

    [Fact]
    public async Task A_node_without_rules_says_so_where_others_judge_and_takes_the_word_from_nobody()
    {
        var onlooker = new AlertOnlooker(Tools("bare"));
        var stream = new AlertStream(_journal, _clock, default);
        await onlooker.LookAsync(stream);
        Assert.Null(onlooker.Rival);
        await Node("ruled", OneRule).SeeAsync(1, 10);
        await onlooker.LookAsync(stream);
        await onlooker.LookAsync(stream);
        Assert.Equal("ruled", onlooker.Rival);
        // Who has begun to look leaves the others their right to write.
        var other = Node("ruled", OneRule);
        await other.RoundAsync();
        await onlooker.LookAsync(stream);
        await PublishAsync("s1", new SceneFact.SceneRetracted(1, "bad calibration"));
        Assert.Null(await other.TryAsync("s1"));
        await new AlertFarewell(Tools("ruled")).RunAsync(default);
        await onlooker.LookAsync(stream);
        Assert.Equal(["bare: ruled", "bare: "], _rivals);
    }
}
