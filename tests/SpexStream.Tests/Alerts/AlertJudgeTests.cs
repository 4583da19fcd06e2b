using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Sqlite;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline.Alerts;
using SpexStream.Raster;
using SpexStream.Tests.Journal;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>Alerts from the facts of scenes in a journal, through restarts, rivals and changed rules.</summary>
public sealed partial class AlertJudgeTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new(Play.Day(0));
    private readonly List<string> _passedOver = [];
    private readonly HangingStore _masks = new(new GdalRasterStore(new RasterOptions()));
    private readonly List<string> _notCompared = [];
    private SqliteJournal _journal = null!;
    private AlertJudge _judge = null!;
    private AlertStream _stream = null!;
    private RuleSet _rules = Rules(Play.Water());

    public Task InitializeAsync()
    {
        Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _journal.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_flood_is_told_once_however_often_the_process_dies()
    {
        string[][] told =
        [
            await SeeAsync(1, 0), await SeeAsync(2, 10), await SeeAsync(3, 12, clear: 0.1), await SeeAsync(4, 30),
            await SeeAsync(5, 1),
        ];
        Assert.Equal(["", "raised", "", "confirmed", "cleared"], told.Select(each => string.Join(' ', each)));
        Assert.Equal(1, await IdsAsync());
        Assert.Empty(_judge.Open);
    }

    [Fact]
    public async Task An_open_alert_is_a_retained_state_and_an_ended_one_is_none()
    {
        await SeeAsync(1, 10);
        var messages = await SentAsync();
        Assert.Equal(
            ["spex/a/de-x/out/alert/water/moderate/meadow", "spex/a/de-x/out/cap/water/moderate/meadow"],
            messages.Where(message => !message.Retain).Select(message => message.Topic));
        var state = Assert.Single(messages, message => message.Retain);
        Assert.StartsWith("spex/a/de-x/state/alert/water/meadow/", state.Topic, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromDays(7), state.Expiry!.Value);
        await SeeAsync(2, 0);
        await SeeAsync(3, 0);
        var cleared = (await SentAsync())[^1];
        Assert.Equal((state.Topic, 0, true), (cleared.Topic, cleared.Payload.Length, cleared.Retain));
    }

    [Fact]
    public async Task A_replayed_first_pass_raises_nothing()
    {
        await SeeAsync(1, 0);
        await SeeAsync(2, 10);
        await SeeAsync(3, 10);
        await SeeAsync(4, 0);
        Assert.Empty(await SeeAsync(2, 10, scene: "again"));
        Assert.Empty(await SeeAsync(1, 50, scene: "older"));
    }

    [Fact]
    public async Task A_withdrawn_peak_cancels_what_rests_on_it()
    {
        await SeeAsync(1, 10);
        await SeeAsync(2, 20);
        await PublishAsync("s2", new SceneFact.SceneRetracted(1, "bad calibration"));
        Assert.Equal(["cancelled"], await RoundAsync("s2"));
        Assert.Empty(await RoundAsync("s2"));
    }

    [Fact]
    public async Task A_publication_that_nobody_heard_of_is_found()
    {
        _clock.Advance(TimeSpan.FromDays(1.5));
        await PublishAsync("s1", Measured(1, 10), Product());
        Assert.Equal(["raised"], await RoundAsync());
    }

    [Fact]
    public async Task What_was_measured_and_never_published_counts_for_nothing()
    {
        _clock.Advance(TimeSpan.FromDays(1.5));
        await PublishAsync("s1", Measured(1, 10));
        Assert.Empty(await RoundAsync("s1"));
        await PublishAsync("s1", Measured(1, 0), Product());
        Assert.Empty(await RoundAsync("s1"));
    }

    [Fact]
    public async Task Of_two_nodes_with_a_scene_each_over_one_area_one_raises_and_the_other_confirms()
    {
        _clock.Advance(TimeSpan.FromDays(2.5));
        await PublishAsync("s1", Measured(1, 10), Product());
        var (rival, stream) = (NewJudge(), new AlertStream(_journal, _clock, default));
        await _stream.OpenAsync();
        Assert.Null(await rival.TryRoundAsync(stream, default));
        await PublishAsync("s2", Measured(2, 10), Product());
        _judge.Look(SceneId.Parse("s2"));
        Assert.IsType<StaleEpochException>(await _judge.TryRoundAsync(_stream, default));
        Assert.Null(await _judge.TryRoundAsync(_stream, default));
        Assert.Equal(["raised", "confirmed"], await ToldAsync());
    }

    [Fact]
    public async Task A_rule_that_is_gone_takes_its_alerts_along_also_over_a_restart()
    {
        await SeeAsync(1, 10);
        _rules = Rules(Play.Water() with { Id = RuleId.Parse("other") });
        await RestartAsync();
        Assert.Equal(["cancelled"], await RoundAsync());
        await RestartAsync();
        Assert.Empty(await RoundAsync());
    }

    [Fact]
    public async Task A_rule_with_other_thresholds_goes_on_with_its_alert()
    {
        await SeeAsync(1, 10);
        _judge.Rules = _rules = Rules(Play.Water(enter: 8));
        Assert.Empty(await RoundAsync());
        Assert.Equal(["confirmed"], await SeeAsync(2, 9));
    }

    [Fact]
    public async Task An_alert_that_no_pass_supports_expires_without_a_message()
    {
        await SeeAsync(1, 10);
        _clock.Advance(TimeSpan.FromDays(9));
        Assert.Empty(await RoundAsync());
        Assert.Empty(_judge.Open);
        Assert.Equal(0, (await SentAsync())[^1].Payload.Length);
    }

    [Fact]
    public async Task What_is_told_of_an_alert_carries_the_trace_of_the_scene_that_changed_it()
    {
        await SeeAsync(1, 10, trace: Trace(1));
        await SeeAsync(2, 20, trace: Trace(2));
        await SeeAsync(3, 30, trace: Trace(3));
        await PublishAsync("s2", new SceneFact.SceneRetracted(1, "bad calibration"));
        await RoundAsync("s2");
        await RestartAsync();
        // No scene does this: the trace before stays, also over a restart.
        _judge.Rules = _rules = Rules(Play.Water() with { Id = RuleId.Parse("other") });
        await RoundAsync();
        // The end of a retained state is an empty message, without anything.
        var told = (await SentAsync()).Where(message => message.Payload.Length > 0).ToArray();
        Assert.Equal(["raised", "confirmed", "updated", "updated", "cancelled"], await ToldAsync());
        string[] traces = [Trace(1), Trace(2), Trace(3), Trace(2), Trace(2)];
        foreach (var part in new[] { "/out/alert/", "/out/cap/", "/state/alert/" })
        {
            Assert.Equal(
                part == "/state/alert/" ? traces[..4] : traces,
                told.Where(message => message.Topic.Contains(part, StringComparison.Ordinal)).Select(message =>
                    message.UserProperties.Single(property => property.Name == "traceparent").Value));
        }

        static string Trace(int number) => $"00-{number:x32}-{number:x16}-01";
    }

    private static RuleSet Rules(AlertRule rule) =>
        new([rule], new([Places.Area("meadow", Places.Box(10, 50, 10.1, 50.1))]));

    private static SceneFact.AreasMeasured Measured(
        double day, double hectares, double clear = 1, string? outline = null)
    {
        var pass = Play.Pass(day, hectares, clear);
        return new(1, pass.SensedAt, pass.Backend, null, [new(
            Rules(Play.Water()).Index.Areas[0].Id, LandCoverClass.Water, 2000, null, pass.Measured)
            {
                Outline = outline,
            }]);
    }

    private static SceneFact.ScenePublished Product() => new(new(1, 1, "folder", 1, 100, []));

    private static bool IsAlert(OutgoingMessage message) =>
        message.Topic.StartsWith("spex/a/de-x/out/alert/", StringComparison.Ordinal);

    private AlertJudge NewJudge(RuleSet? rules = null, string node = "node-1") => new(Tools(node), rules ?? _rules);

    private AlertJudgeTools Tools(string node) => new()
    {
        Journal = _journal,
        Messages = new AlertMessages(
            new StationIdentity { Station = StationId.Parse("de-x"), Software = [], Model = new("spectral", "1") },
            _clock, _isActual),
        Node = node,
        Time = _clock,
        Late = Late(),
        Comparer = new PassComparer(_masks, Places.Transforms, _folder["out"], 2),
        OnNotCompared = (scene, _, reason) => _notCompared.Add($"{scene}: {reason}"),
        OnPassedOver = (scene, _, _) => _passedOver.Add(scene.Value),
        OnUnlisted = _passedOver.Add,
        OnRival = rival => _rivals.Add($"{node}: {rival}"),
    };

    private void Start()
    {
        _journal = SqliteJournal.Open(new() { Path = _folder["data/journal.db"] }, _clock);
        (_judge, _stream) = (NewJudge(), new(_journal, _clock, default));
    }

    private async Task RestartAsync()
    {
        await _journal.DisposeAsync();
        Start();
    }

    private async Task<string[]> SeeAsync(
        double day, double hectares, double clear = 1, string? scene = null, bool restart = true,
        string? trace = null, string? outline = null)
    {
        var wait = Play.Day(day).AddHours(1) - _clock.GetUtcNow();
        _clock.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        var opening = SampleFacts.Opened();
        SceneFact[] opened = trace is null ? []
            : [opening with { Scene = opening.Scene with { TraceParent = trace } }];
        await PublishAsync(scene ?? $"s{day}", [.. opened, Measured(day, hectares, clear, outline), Product()]);
        var told = await RoundAsync(scene ?? $"s{day}");
        if (restart)
        {
            await RestartAsync();
            Assert.Empty(await RoundAsync(scene ?? $"s{day}"));
        }

        return told;
    }

    private async Task PublishAsync(string scene, params ImmutableArray<SceneFact> facts)
    {
        var writer = await _journal.OpenWriterAsync(SceneId.Parse(scene));
        await writer.AppendAsync(new(_clock.GetUtcNow(), facts));
    }

    /// <summary>What is told in a round after a word on a scene.</summary>
    private async Task<string[]> RoundAsync(string? scene = null)
    {
        var before = (await ToldAsync()).Length;
        if (scene is not null)
        {
            _judge.Look(SceneId.Parse(scene));
        }

        Assert.Null(await _judge.TryRoundAsync(_stream, default));
        return (await ToldAsync())[before..];
    }

    private async Task<OutgoingMessage[]> SentAsync() =>
        [.. (await _journal.Outbox.ReadAsync(0, 1000, 1 << 24)).Select(entry => entry.Message)];

    private async Task<string[]> ToldAsync() =>
    [
        .. (await SentAsync()).Where(IsAlert).Select(message => JsonDocument.Parse(message.Payload).RootElement
            .GetProperty("properties").GetProperty("transition").GetString()!),
    ];

    private async Task<int> IdsAsync() => (await SentAsync()).Where(IsAlert).Select(message => JsonDocument
        .Parse(message.Payload).RootElement.GetProperty("id").GetString()).Distinct().Count();
}
