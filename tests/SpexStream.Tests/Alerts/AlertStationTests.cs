using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Alerts;
using SpexStream.Daemon.Metrics;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Rules;
using SpexStream.Pipeline.Alerts;
using SpexStream.Raster;
using SpexStream.Tests.Journal;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>Alerting that has to wait says so.</summary>
public sealed class AlertStationTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ScriptedJournal _journal = new();
    private readonly MetricRegistry _registry = new();
    private SpexMeter _meter = new();
    private readonly KeptLog _log = new();
    private readonly CancellationTokenSource _stop = new();
    private AlertStation _station = null!;
    private Task _running = Task.CompletedTask;
    private int _asked;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder["areas.geojson"], """
            {"type": "Feature", "id": "meadow", "properties": {}, "geometry":
              {"type": "Polygon", "coordinates": [[[10, 50], [10.1, 50], [10.1, 50.1], [10, 50.1], [10, 50]]]}}
            """);
        await File.WriteAllTextAsync(_folder["rules.yaml"], """
            version: 1
            areas: areas.geojson
            rules:
              - { id: wet, class: water, metric: share, enter: 5, exit: 2, severity: minor }
            """);
        _station = Open();
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _meter.Dispose();
        _registry.Dispose();
        await _journal.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task While_the_journal_does_not_answer_it_warns_once_and_says_how_late_it_is()
    {
        Refuse(new JournalUnavailableException("the database is away"));
        await _station.Events.RetractedAsync(SampleFacts.Opened().Scene);
        _running = _station.RunAsync(_stop.Token);
        await RoundsAsync(3);
        Assert.Equal("alerts are delayed: the database is away", _station.Warning);
        Assert.True(Behind() >= 4, $"{Behind()}");
        Assert.Equal([(LogLevel.Warning, 2102)], Told());
        _journal.BeforeFind = () => Task.CompletedTask;
        await Workbench.ComesAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            return _station.Warning is null && Behind() == 0;
        });
        Assert.Equal([(LogLevel.Warning, 2102), (LogLevel.Information, 2109)], Told());
    }

    [Fact]
    public async Task That_another_node_was_first_is_no_warning()
    {
        Refuse(new StaleEpochException(SceneId.OfStream("alerts-a"), 1, 2));
        _running = _station.RunAsync(_stop.Token);
        await RoundsAsync(3);
        Assert.Null(_station.Warning);
        Assert.All(Told(), line => Assert.Equal((LogLevel.Information, 2110), line));
        Assert.NotEmpty(Told());
    }

    [Fact]
    public async Task What_nobody_judges_for_a_minute_is_a_warning_whatever_keeps_it()
    {
        await _station.Events.RetractedAsync(SampleFacts.Opened().Scene);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(_station.Warning);
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("alerts are delayed: a product has waited 90 s for them", _station.Warning);
        Assert.Equal(90, Behind());
    }

    [Fact]
    public async Task A_reference_mask_that_cannot_be_had_is_a_fault_from_the_start_and_until_it_can()
    {
        await File.AppendAllTextAsync(_folder["rules.yaml"], "\nreferences: { usual: usual.tif }\n");
        _meter.Dispose();
        _meter = new();
        _station = Open(TimeProvider.System);
        Assert.StartsWith(
            "the rules that need it are not judged: reference mask usual: ", _station.Warning,
            StringComparison.Ordinal);
        Assert.Equal(1, Metric("spex_alert_rule_faults"));
        Assert.Equal(1, Metric("spex_alert_rules"));
        Assert.Single(_log.Lines, line => line.Id == 2103);
        _running = _station.RunAsync(_stop.Token);
        GeoTiffWriter.Write<byte>(
            _folder["usual.tif"], 8, 8, new byte[64], new(10, 1, 0, 50, 0, -1), Places.Transforms.Parse("EPSG:4326"),
            null);
        await Workbench.ComesAsync(() => _station.Warning is null && Metric("spex_alert_rule_faults") == 0);
    }

    [Fact]
    public async Task An_area_that_lies_on_two_scenes_is_named_once()
    {
        var area = RulesFile.Read(_folder["rules.yaml"]).Set!.Index.Areas[0];
        _running = _station.RunAsync(_stop.Token);
        for (var pass = 1; pass <= 2 * UnseenAreas.PassesCut; pass++)
        {
            var opening = SampleFacts.Opened();
            var scene = opening.Scene with { Id = SceneId.Parse($"s{pass}") };
            var writer = await _journal.OpenWriterAsync(scene.Id);
            var measured = Play.Pass(pass, 0, clear: 0.4).Measured with { OnScene = 0.5 };
            await writer.AppendAsync(new(
                _clock.GetUtcNow(),
                [
                    opening with { Scene = scene },
                    new SceneFact.AreasMeasured(
                        1, _clock.GetUtcNow().AddMinutes(pass - 60), "spectral", null,
                        [new(area.Id, LandCoverClass.Water, 2000, null, measured)]),
                    new SceneFact.ScenePublished(new(1, 1, "folder", 1, 100, [])),
                ]));
            await _station.Events.RetractedAsync(scene);
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Workbench.ComesAsync(() => Behind() == 0);
        }

        var line = Assert.Single(_log.Lines, line => line.Id == 2413);
        Assert.Contains("(meadow)", line.Text, StringComparison.Ordinal);
        Assert.Contains("at most 50 % lay on a scene, where 60 % are needed", line.Text, StringComparison.Ordinal);
        Assert.Equal(1, Metric("spex_alert_areas_unseen"));
    }

    [Fact]
    public async Task What_another_node_judges_is_news_here_once()
    {
        var news = new ConcurrentQueue<string>();
        _station.OnTold = (_, line) => news.Enqueue(line);
        var asked = 0;
        _journal.BeforeFind = () =>
        {
            Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        };
        _running = _station.RunAsync(_stop.Token);
        await Workbench.ComesAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return asked > 8;
        });
        var other = new AlertStream(_journal, _clock, default);
        await other.OpenAsync();
        await other.WriteAsync([.. SampleAlertFacts.All.OfType<SceneFact.AlertsJudged>().Take(1)], []);
        await Workbench.ComesAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return news.Count >= 2;
        });
        var looked = asked;
        await Workbench.ComesAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return asked > looked + 8;
        });
        Assert.Equal(["updated: river-flood, severe", "cancelled: river-flood, severe"], news);
    }

    private AlertStation Open(TimeProvider? time = null) => AlertStation.Open(
        new() { Rules = _folder["rules.yaml"], Out = _folder["out"] }, "node-1",
        new() { Station = StationId.Parse("de-x"), Software = [], Model = new("spectral", "1") }, _journal,
        new GdalRasterStore(new()), _meter, time ?? _clock, _log)!;

    private void Refuse(JournalException fault) => _journal.BeforeFind = () =>
    {
        Interlocked.Increment(ref _asked);
        return Task.FromException(fault);
    };

    private async Task RoundsAsync(int count)
    {
        await Workbench.ComesAsync(() => _station.Warning is not null || _asked > 0);
        for (var round = 0; round < count; round++)
        {
            var before = Volatile.Read(ref _asked);
            await Workbench.ComesAsync(() =>
            {
                _clock.Advance(TimeSpan.FromSeconds(2));
                return Volatile.Read(ref _asked) > before;
            });
        }
    }

    private (LogLevel Level, int Id)[] Told() =>
        [.. _log.Lines.Where(line => line.Id is 2102 or 2109 or 2110).Select(line => (line.Level, line.Id))];

    private double Behind() => Metric("spex_alerts_behind_seconds");

    private double Metric(string name) => double.Parse(
        MetricsText.Write(_registry.Collect(), openMetrics: false).Split('\n')
            .Single(line => line.StartsWith($"{name} ", StringComparison.Ordinal)).Split(' ')[1],
        System.Globalization.CultureInfo.InvariantCulture);
}
