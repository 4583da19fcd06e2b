using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Alerts;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Rules;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>No change of the rules files is missed, and none ends the watch.</summary>
public sealed class RulesWatchTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new(Play.Day(0));
    private readonly SpexMeter _meter = new();
    private readonly KeptLog _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _used = [];
    private Task _running = Task.CompletedTask;
    private RuleReading _first = null!;

    public Task InitializeAsync()
    {
        File.WriteAllText(_folder["areas.geojson"], """
            {"type": "Feature", "id": "meadow", "properties": {}, "geometry":
              {"type": "Polygon", "coordinates": [[[10, 50], [10.1, 50], [10.1, 50.1], [10, 50.1], [10, 50]]]}}
            """);
        Write("first");
        _first = RulesFile.Read(_folder["rules.yaml"]);
        Assert.Empty(_first.Faults);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _meter.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_that_changed_between_its_reading_and_the_watch_is_read()
    {
        Write("second-one");
        Run();
        await UsedAsync("second-one");
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_read_is_read_once_more()
    {
        Run(onUse: name =>
        {
            if (name == "second-one")
            {
                Write("third");
            }
        });
        Write("second-one");
        await UsedAsync("second-one");
        await UsedAsync("third");
    }

    [Fact]
    public async Task A_file_that_nobody_touches_is_read_once()
    {
        Run();
        Write("second-one");
        await UsedAsync("second-one");
        for (var second = 0; second < 5; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        var read = _log.Lines.Count;
        Write("third");
        await UsedAsync("third");
        Assert.Equal(["second-one", "third"], _used);
        Assert.Equal((1, 2), (read, _log.Lines.Count));
    }

    [Fact]
    public async Task A_link_that_leads_to_itself_is_a_fault_and_the_watch_goes_on()
    {
        Run();
        File.Delete(_folder["rules.yaml"]);
        File.CreateSymbolicLink(_folder["rules.yaml"], _folder["rules.yaml"]);
        await ComesAsync(() => _log.Lines.Any(line => line.Level == LogLevel.Error));
        Assert.False(_running.IsCompleted);
        File.Delete(_folder["rules.yaml"]);
        Write("mended");
        await UsedAsync("mended");
    }

    private void Write(string rule) => File.WriteAllText(_folder["rules.yaml"], $$"""
        version: 1
        areas: areas.geojson
        rules:
          - { id: {{rule}}, class: water, metric: share, enter: 5, exit: 2, severity: minor }
        """);

    private void Run(Action<string>? onUse = null) =>
        _running = new RulesWatch(_folder["rules.yaml"], _first, _meter, _clock, _log).RunAsync(
            rules =>
            {
                onUse?.Invoke(rules.Rules[0].Id.Value);
                lock (_used)
                {
                    _used.Add(rules.Rules[0].Id.Value);
                }
            },
            _stop.Token);

    private Task UsedAsync(string rule) => ComesAsync(() =>
    {
        lock (_used)
        {
            return _used.Contains(rule);
        }
    });

    private Task ComesAsync(Func<bool> holds) => Workbench.ComesAsync(() =>
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return _running.IsFaulted || holds();
    });
}
