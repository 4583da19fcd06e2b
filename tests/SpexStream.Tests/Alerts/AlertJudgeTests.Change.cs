using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>What has changed since the pass before, by the masks of real products.</summary>
public sealed partial class AlertJudgeTests
{
    [Fact]
    public async Task An_alert_tells_what_was_gained_since_the_pass_before_on_a_grid_of_its_own()
    {
        await FloodAsync();
        var told = await ChangesAsync();
        Assert.Null(told[0]);
        var change = told[1]!.Value;
        Assert.Equal(
            ("s1", 1, true),
            (change.GetProperty("since").GetProperty("scene").GetString(),
                change.GetProperty("since").GetProperty("revision").GetInt32(),
                change.GetProperty("compared").GetBoolean()));
        // Columns of the ground: water was 0..9 and is 4..15; the newer scene begins at 4.
        var column = Hectares("stayed_ha") / 6;
        Assert.InRange(column, 300, 500);
        Assert.Equal(
            [6, 0, 16, 4, 0, 0],
            new[] { "gained_ha", "lost_ha", "compared_ha", "unseen_ha", "perhaps_gained_ha", "perhaps_lost_ha" }
                .Select(name => Math.Round(Hectares(name) / column, 2)));
        var ring = change.GetProperty("gained").GetProperty("coordinates")[0].EnumerateArray().ToArray();
        Assert.Equal((10.05, 10.08), (Least(ring, 0), Most(ring, 0)));
        Assert.Equal((50.0, 50.1), (Least(ring, 1), Most(ring, 1)));
        Assert.False(change.TryGetProperty("lost", out _));
        Assert.False(change.GetProperty("outlines_incomplete").GetBoolean());
        Assert.Empty(_notCompared);

        double Hectares(string name) => change.GetProperty(name).GetDouble();
    }

    [Fact]
    public async Task A_mask_that_is_gone_costs_the_comparison_and_is_told_once()
    {
        await FloodAsync(() => File.Delete(_folder["out/s1@r1/water.tif"]));
        var change = (await ChangesAsync())[1]!.Value;
        Assert.Equal("s1", change.GetProperty("since").GetProperty("scene").GetString());
        Assert.False(change.GetProperty("compared").GetBoolean());
        Assert.False(change.TryGetProperty("gained_ha", out _));
        Assert.StartsWith("s2: ", Assert.Single(_notCompared), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_share_that_hangs_costs_the_comparison_and_not_the_alert()
    {
        using var gate = new ManualResetEventSlim();
        await BeginAsync();
        await PublishMaskAsync("s1", Water(10));
        Assert.Equal(["raised"], await RoundAsync());
        await PublishMaskAsync("s2", Water(12), Shifted, TimeSpan.FromMinutes(20));
        _masks.Gate = gate;
        var round = RoundAsync("s2");
        await _masks.Waits.Task.WaitAsync(TimeSpan.FromSeconds(30));
        // Again, should the judge not have begun to wait; within hours the pass is young enough.
        for (var i = 0; i < 1000 && !round.IsCompleted; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(31));
            await Task.WhenAny(round, Task.Run(() => { }));
        }

        gate.Set();
        Assert.Equal(["confirmed"], await round);
        Assert.False((await ChangesAsync())[1]!.Value.GetProperty("compared").GetBoolean());
        Assert.StartsWith("s2: ", Assert.Single(_notCompared), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_measured_over_another_outline_than_the_judging_node_has_is_not_compared(bool isMissing)
    {
        var redrawn = new AreaIndex([Places.Area("meadow", Places.Box(10.02, 50, 10.1, 50.1))]);
        _rules = !isMissing ? _rules
            : _rules with { Index = new([Places.Area("town", Places.Box(10, 50, 10.1, 50.1))]) };
        await RestartAsync();
        await BeginAsync();
        // Another node has read other areas since; they are in force, and it measured by them.
        Assert.Null(await NewJudge(_rules with { Index = redrawn }, "node-2").TryRoundAsync(_stream, default));
        await PublishMaskAsync("s1", Water(10), outline: redrawn.Areas[0].OutlineDigest());
        Assert.Equal(["raised"], await RoundAsync("s1"));
        await PublishMaskAsync(
            "s2", Water(12), Shifted, TimeSpan.FromMinutes(20), redrawn.Areas[0].OutlineDigest());
        Assert.Equal(["confirmed"], await RoundAsync("s2"));
        Assert.False((await ChangesAsync())[1]!.Value.GetProperty("compared").GetBoolean());
        Assert.StartsWith("s2: Area meadow", Assert.Single(_notCompared), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_retention_has_deleted_is_not_looked_for()
    {
        await FloodAsync(async () => await PublishAsync("s1", new SceneFact.ProductRemoved(1, "s1@r1")));
        Assert.False((await ChangesAsync())[1]!.Value.GetProperty("compared").GetBoolean());
        Assert.Empty(_notCompared);
    }

    [Fact]
    public async Task A_revision_is_compared_with_the_pass_before_its_scene()
    {
        await FloodAsync();
        WriteMask("out/s2@r2", Water(18), Shifted);
        await PublishAsync("s2", new SceneFact.ScenePublished(new(2, 2, "s2@r2", 1, 100, [])));
        Assert.Equal(["updated"], await RoundAsync("s2"));
        var change = (await ChangesAsync())[2]!.Value;
        Assert.Equal("s1", change.GetProperty("since").GetProperty("scene").GetString());
        // Columns 10..19 of the ground over 4..9.
        Assert.Equal(
            10 / 6.0, change.GetProperty("gained_ha").GetDouble() / change.GetProperty("stayed_ha").GetDouble(), 1e-4);
    }

    [Fact]
    public async Task A_state_that_is_said_again_after_a_restart_tells_the_same_change()
    {
        await FloodAsync();
        var told = await SentAsync();
        await RestartAsync();
        _judge.Restate();
        await RoundAsync();
        var again = (await SentAsync())[^1];
        Assert.Equal(told.Last(message => message.Retain).Topic, again.Topic);
        Assert.Equal((await ChangesAsync())[1]!.Value.GetRawText(), ChangeOf(again)!.Value.GetRawText());
    }

    [Fact]
    public async Task Where_there_is_no_alert_no_mask_is_read_again()
    {
        await BeginAsync();
        await PublishMaskAsync("s1", Water(0));
        await RoundAsync();
        File.Delete(_folder["out/s1@r1/water.tif"]);
        await PublishMaskAsync("s2", Water(0), sensedLater: TimeSpan.FromMinutes(20));
        Assert.Empty(await RoundAsync("s2"));
        Assert.Empty(_notCompared);
    }

    private static Domain.Grid.Affine Shifted => Degrees.Shifted(4, 0);

    /// <summary>Water in the first columns.</summary>
    private static byte[] Water(int columns) =>
        [.. Enumerable.Range(0, Edge * Edge).Select(i => i % Edge < columns ? MaskCode.Yes : MaskCode.No)];

    private async Task FloodAsync(Func<Task>? between = null)
    {
        await BeginAsync();
        await PublishMaskAsync("s1", Water(10));
        Assert.Equal(["raised"], await RoundAsync());
        await (between?.Invoke() ?? Task.CompletedTask);
        await PublishMaskAsync("s2", Water(12), Shifted, TimeSpan.FromMinutes(20));
        Assert.Equal(["confirmed"], await RoundAsync("s2"));
    }

    private Task FloodAsync(Action between) => FloodAsync(() =>
    {
        between();
        return Task.CompletedTask;
    });

    private async Task<ImmutableArray<JsonElement?>> ChangesAsync() =>
    [
        .. (await SentAsync()).Where(IsAlert).Select(ChangeOf),
    ];

    private static JsonElement? ChangeOf(OutgoingMessage message) => JsonDocument.Parse(message.Payload).RootElement
        .GetProperty("properties").TryGetProperty("change", out var change) ? change : null;

    private static double Least(JsonElement[] ring, int axis) => ring.Min(place => place[axis].GetDouble());

    private static double Most(JsonElement[] ring, int axis) => ring.Max(place => place[axis].GetDouble());
}
