using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Facts;
using SpexStream.Journal.Sqlite;
using SpexStream.Pipeline.Alerts;
using SpexStream.Tests.Support;
using SpexStream.Tests.Wire;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>How long the alerts' stream grows before it moves.</summary>
public sealed class AlertStreamTests : IAsyncLifetime
{
    private const int Seed = 29;
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new(Play.Day(0));
    private SqliteJournal _journal = null!;

    public Task InitializeAsync()
    {
        _journal = SqliteJournal.Open(new() { Path = _folder["data/journal.db"] }, _clock);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _journal.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task As_many_entries_move_it_where_they_are_long()
    {
        const int Areas = 10, Passes = 3;
        Assert.False(await MovesAsync(Areas, Passes, positions: 0));
        Assert.True(await MovesAsync(Areas, Passes, positions: 240));
    }

    [Fact]
    public async Task What_is_to_be_read_is_bounded_however_long_the_entries_are()
    {
        const int Areas = 20;
        var stream = new AlertStream(_journal, _clock, default, bytesBeforeMove: 0);
        await stream.OpenAsync();
        await stream.WriteAsync([new SceneFact.RuleUsed(Play.Water())], []);
        var longest = 0L;
        for (var pass = 1; pass <= 30; pass++)
        {
            await stream.WriteAsync([Judged(Areas, pass, positions: 240)], []);
            longest = Math.Max(longest, await BytesAsync());
            _clock.Advance(TimeSpan.FromMinutes(2));
            await stream.OpenAsync();
            await stream.TidyAsync();
            await stream.SweepAsync();
        }

        // What grew, one pass more than it may be, and the states that it began with.
        Assert.InRange(longest, 100_000, Areas * (16_000 + 10_000 + 25_000));
    }

    [Fact]
    public async Task Rules_with_many_areas_move_it_but_not_again_and_again()
    {
        var stream = new AlertStream(_journal, _clock, default, bytesBeforeMove: 10_000);
        await stream.OpenAsync();
        var rule = new SceneFact.RuleUsed(Play.Water() with
        {
            Areas = [.. Enumerable.Range(0, 5000).Select(i =>
                AreaId.Parse(i.ToString("D60", CultureInfo.InvariantCulture)))],
        });
        await stream.WriteAsync([rule, rule], []);
        await stream.TidyAsync();
        Assert.True(await HasMovedAsync());
        await stream.SweepAsync();
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(2));
            await stream.OpenAsync();
            await stream.TidyAsync();
            await stream.SweepAsync();
            Assert.Equal(SceneStanding.Open, (await _journal.FindAsync(SceneId.OfStream("alerts-b")))?.Standing);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(120)]
    [InlineData(240)]
    public void Entries_weigh_at_least_what_they_take_and_not_three_times_that(int positions)
    {
        for (var pass = 1; pass <= 64; pass += 21)
        {
            var fact = Judged(100, pass, positions);
            var (weight, bytes) = (AlertStreamWeight.Of(fact), SceneFactFormat.Write(fact).Length);
            Assert.InRange(weight, bytes, 3L * bytes);
        }
    }

    private async Task<bool> MovesAsync(int areas, int passes, int positions)
    {
        var stream = new AlertStream(_journal, _clock, default, bytesBeforeMove: 0);
        await stream.OpenAsync();
        for (var pass = 1; pass <= passes; pass++)
        {
            await stream.WriteAsync([Judged(areas, pass, positions)], []);
        }

        await stream.TidyAsync();
        return await HasMovedAsync();
    }

    private async Task<bool> HasMovedAsync() => await _journal.FindAsync(SceneId.OfStream("alerts-b")) is not null;

    private async Task<long> BytesAsync()
    {
        var bytes = 0L;
        foreach (var place in new[] { "alerts-a", "alerts-b" })
        {
            if (await _journal.FindAsync(SceneId.OfStream(place)) is { Standing: SceneStanding.Open })
            {
                await foreach (var fact in _journal.ReadAsync(SceneId.OfStream(place)))
                {
                    bytes += SceneFactFormat.Write(fact.Fact).Length;
                }
            }
        }

        return bytes;
    }

    // One pass more of alerts that stay open.
    private static SceneFact.AlertsJudged Judged(int areas, int passes, int positions)
    {
        var play = new Play(Play.Water());
        var random = new Random(Seed);
        for (var day = 1; day <= passes; day++)
        {
            var pass = Play.Pass(day, 10 + (day * 0.001));
            play.Do(
                new AlertInput.Observed(pass) { Change = Changed(random, day, positions) }, day + (1 / 24.0));
        }

        var last = play.Facts.Skip(play.Facts.Count - 2).ToImmutableArray();
        return new([.. Enumerable.Range(0, areas).Select(i => new AlertEntry(
            play.Rule.Id, AreaId.Parse(string.Create(CultureInfo.InvariantCulture, $"area-{i}")), last))]);
    }

    private static ToldChange Changed(Random random, int day, int positions) =>
        new(SceneId.Parse($"s{day}"), 1, new(SceneId.Parse($"s{day - 1}"), 1, Play.Day(day - 1)))
        {
            Figures = AlertChangeTests.Changed.Figures! with
            {
                GainedPatches =
                [
                    .. Enumerable.Range(0, positions / 12).Select(_ => new ChangePatch(
                        random.Next(1000), new([new([.. Enumerable.Range(0, 12).Select(_ => new LonLat(
                            Math.Round(13 + random.NextDouble(), 6), Math.Round(53 + random.NextDouble(), 6)))])]))),
                ],
            },
        };
}
