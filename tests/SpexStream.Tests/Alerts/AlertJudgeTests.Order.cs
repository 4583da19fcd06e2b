using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>What nobody judged in time is judged in the order that it came about.</summary>
public sealed partial class AlertJudgeTests
{
    [Fact]
    public async Task Floods_that_a_crash_left_behind_are_raised_by_the_older_and_confirmed_by_the_newer()
    {
        await PublishAtAsync(1, 10);
        await PublishAtAsync(2, 10);
        Assert.Equal(["raised", "confirmed"], await RoundAsync());
    }

    [Fact]
    public async Task What_a_crash_left_behind_comes_before_what_is_published_as_the_node_starts()
    {
        await PublishAtAsync(1, 10);
        await PublishAtAsync(2, 10);
        Assert.Equal(["raised", "confirmed"], await RoundAsync("s2"));
    }

    [Theory]
    [InlineData("s1")]
    [InlineData("s2")]
    public async Task A_scene_that_is_worked_on_again_is_judged_when_its_product_was_published(string again)
    {
        await PublishAtAsync(1, 10);
        await PublishAtAsync(2, 10);
        await PublishAsync(again, new SceneFact.SceneReopened(2, "late strip"));
        Assert.Equal(["raised", "confirmed"], await RoundAsync());
    }

    [Fact]
    public async Task Who_is_stopped_in_the_middle_leaves_nothing_behind()
    {
        await RoundAsync();
        foreach (var day in new[] { 1, 1.5, 2 })
        {
            await PublishAtAsync(day, 10);
        }

        Task? theft = null;
        _judge = new(
            Tools("node-1") with
            {
                OnChange = (_, _) =>
                    theft ??= _journal.OpenWriterAsync(SceneId.OfStream("alerts-a")).AsTask(),
            },
            _rules);
        Assert.IsType<StaleEpochException>(await _judge.TryRoundAsync(_stream, default));
        await theft!;
        Assert.Equal(["raised"], await ToldAsync());
        Assert.Equal(["confirmed"], await RoundAsync());
        Assert.Equal(3, Assert.Single(_judge.Open).State.Passes.Length);
    }

    [Fact]
    public async Task A_node_whose_clock_is_ahead_does_not_hide_what_others_leave_behind()
    {
        _clock.Advance(TimeSpan.FromDays(1.5));
        var writer = await _journal.OpenWriterAsync(SceneId.Parse("ahead"));
        await writer.AppendAsync(new(_clock.GetUtcNow().AddDays(1), [Measured(0.5, 0), Product()]));
        Assert.Empty(await RoundAsync());
        await PublishAsync("s1", Measured(1, 10), Product());
        _clock.Advance(TimeSpan.FromHours(1));
        await RestartAsync();
        Assert.Equal(["raised"], await RoundAsync());
    }

    private async Task PublishAtAsync(double day, double hectares)
    {
        _clock.Advance(Play.Day(day).AddHours(1) - _clock.GetUtcNow());
        await PublishAsync($"s{day}", Measured(day, hectares), Product());
    }
}
