using Microsoft.Data.Sqlite;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed partial class AlertJudgeTests
{
    [Fact]
    public async Task Of_more_scenes_than_are_looked_at_the_newest_are_found()
    {
        for (var day = 1; day <= 5; day++)
        {
            await PublishAsync($"s{day}", Measured(day, 10), Product());
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        var found = await new AlertSweep(_journal, _clock, _passedOver.Add, mostScenes: 2).FindAsync(new(), default);
        Assert.Equal(["s4", "s5"], found.Select(scene => scene.Value));
    }

    [Fact]
    public async Task A_scene_whose_facts_are_damaged_keeps_no_other_from_being_judged()
    {
        _clock.Advance(TimeSpan.FromDays(1.5));
        await PublishAsync("s0", Measured(0.5, 10), Product());
        await PublishAsync("s1", Measured(1, 10), Product());
        await DamageAsync("UPDATE facts SET body = x'00' WHERE scene = 's0'");
        Assert.Equal(["raised"], await RoundAsync());
        Assert.Equal("s0", Assert.Single(_passedOver));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(await RoundAsync());
        Assert.Single(_passedOver);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", standing = 0")]
    public async Task A_damaged_row_of_a_scene_keeps_no_other_from_being_judged_and_is_told_once(string more)
    {
        _clock.Advance(TimeSpan.FromDays(1.5));
        await PublishAsync("s0", Measured(0.5, 10), Product());
        await PublishAsync("s1", Measured(1, 10), Product());
        await DamageAsync($"UPDATE scenes SET seal = seal + 1{more} WHERE name = 's0'");
        Assert.Equal(["raised"], await RoundAsync());
        Assert.Contains("s0", Assert.Single(_passedOver), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await PublishAsync("s2", Measured(1.1, 10), Product());
        await RestartAsync();
        Assert.Equal(["confirmed"], await RoundAsync("s2"));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(await RoundAsync());
        Assert.Equal(2, _passedOver.Count);
    }

    [Fact]
    public async Task A_node_that_missed_two_moves_of_the_stream_begins_anew()
    {
        await SeeAsync(1, 10, restart: false);
        await _stream.WriteAsync([.. Enumerable.Repeat(new SceneFact.RuleUsed(_rules.Rules[0]), 40)], []);
        _stream.Lose();
        var rival = new AlertStream(_journal, _clock, default, bytesBeforeMove: 0);
        foreach (var place in new[] { "alerts-b", "alerts-a" })
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await rival.OpenAsync();
            await rival.WriteAsync([.. Enumerable.Repeat(new SceneFact.RuleUsed(_rules.Rules[0]), 40)], []);
            await ForgetOutboxAsync();
            await rival.TidyAsync();
            await rival.SweepAsync();
            Assert.NotNull(await _journal.FindAsync(SceneId.OfStream(place)));
        }

        _judge = NewJudge();
        Assert.Null(await _judge.TryRoundAsync(rival, default));
        Assert.Single(_judge.Open);
        Assert.Equal("confirmed", Assert.Single(await SeeRivalAsync()));
        await _stream.OpenAsync();
        Assert.Equal(2, Assert.Single(_stream.Book.Open).Open!.Number);

        async Task<string[]> SeeRivalAsync()
        {
            _clock.Advance(TimeSpan.FromDays(1));
            await PublishAsync("s2", Measured(2, 30), Product());
            _judge.Look(SceneId.Parse("s2"));
            Assert.Null(await _judge.TryRoundAsync(rival, default));
            return await ToldAsync();
        }
    }

    [Fact]
    public async Task A_long_stream_moves_and_says_the_same()
    {
        _stream = new(_journal, _clock, default, bytesBeforeMove: 3);
        for (var day = 1; day <= 20; day++)
        {
            await SeeAsync(day, day < 20 ? 10 : 0, restart: false);
            _clock.Advance(TimeSpan.FromMinutes(2));
            await _journal.Outbox.DeleteAsync(
                [.. (await _journal.Outbox.ReadAsync(0, 100, 1 << 20)).Where(entry => !IsAlert(entry.Message))
                    .Select(entry => entry.Key)]);
        }

        var facts = new List<RecordedFact>();
        foreach (var place in new[] { "alerts-a", "alerts-b" })
        {
            await foreach (var fact in _journal.ReadAsync(SceneId.OfStream(place)))
            {
                facts.Add(fact);
            }
        }

        Assert.Contains(facts, fact => fact.Fact is SceneFact.AlertsRestated);
        Assert.True(facts.Count < 60, $"{facts.Count} facts");
        Assert.Equal(["raised", "confirmed", "cleared"], await ToldAsync());
    }

    private async Task DamageAsync(string command)
    {
        await using var file = new SqliteConnection($"Data Source={_folder["data/journal.db"]};Pooling=False");
        await file.OpenAsync();
        await using var damage = file.CreateCommand();
        damage.CommandText = command;
        Assert.True(await damage.ExecuteNonQueryAsync() > 0);
    }

    private async Task ForgetOutboxAsync() => await _journal.Outbox.DeleteAsync(
        [.. (await _journal.Outbox.ReadAsync(0, 1000, 1 << 24)).Select(entry => entry.Key)]);
}
