using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>Nodes that start without rules beside others that have some.</summary>
public sealed partial class AlertJudgeTests
{
    [Fact]
    public async Task Rules_that_another_node_has_too_go_on_judging_until_the_last_of_them_has_none()
    {
        var (stays, goes) = (Node("stays", OneRule), Node("goes", OneRule));
        await stays.RoundAsync();
        await goes.SeeAsync(1, 10);
        await FarewellAsync("goes");
        await stays.SeeAsync(2, 10);
        Assert.Equal(["raised", "confirmed"], await ToldAsync());
        Assert.Null(stays.Judge.Rival);
        await FarewellAsync("stays");
        Assert.Equal(["raised", "confirmed", "cancelled"], await ToldAsync());
    }

    [Fact]
    public async Task A_node_whose_rules_do_not_judge_takes_none_of_those_that_do_along()
    {
        await Node("goes", OneRule).RoundAsync();
        var stays = Node("stays", TwoRules);
        await stays.SeeAsync(1, 10);
        await FarewellAsync("goes");
        await stays.SeeAsync(2, 10);
        Assert.Equal(["raised", "raised", "confirmed", "confirmed"], await ToldAsync());
        Assert.Null(stays.Judge.Rival);
    }

    [Fact]
    public async Task Where_the_rules_that_judged_are_gone_those_of_another_node_judge_again_at_once()
    {
        var stays = Node("stays", OneRule);
        await stays.RoundAsync();
        await Node("goes", TwoRules).SeeAsync(1, 10);
        await FarewellAsync("goes");
        Assert.Equal(["raised", "raised", "cancelled", "cancelled"], await ToldAsync());
        _clock.Advance(TimeSpan.FromSeconds(6));
        await stays.RoundAsync();
        await stays.SeeAsync(2, 10);
        Assert.Equal("raised", Assert.Single((await ToldAsync())[4..]));
        Assert.Null(stays.Judge.Rival);
    }

    [Fact]
    public async Task What_is_published_while_no_rules_are_in_force_is_judged_when_some_are()
    {
        await Node("stays", OneRule).RoundAsync();
        await Node("goes", TwoRules).RoundAsync();
        await PublishAtAsync(1, 10);
        await FarewellAsync("goes");
        await Node("stays", OneRule).RoundAsync();
        Assert.Equal(["raised"], await ToldAsync());
    }

    /// <summary>A node starts without rules, and once more.</summary>
    private async Task FarewellAsync(string node)
    {
        await new AlertFarewell(Tools(node)).RunAsync(default);
        await new AlertFarewell(Tools(node)).RunAsync(default);
    }
}
