using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Daemon.Commands;

/// <summary>watch: shows events as they come.</summary>
internal sealed class WatchCommand
{
    private readonly BrokerOptions _broker = new();
    private readonly CheckedOption<StationId> _station = Texts.Station("--station", "Id of the station");
    private readonly Option<bool> _json = new(
        "--json")
    { Description = "One JSON object per event: topic, properties, data." };
    private readonly CheckedOption<SceneId?> _untilClosed =
        Texts.Scene("--until-closed",
            "Scene whose end ends the watching: exit code 0 when it is closed, 1 when it failed or was withdrawn",
                "none");

    private readonly Option<bool> _live = new("--live")
    {
        Description = "With --until-closed: what the broker had kept of the scene before does not end the watching.",
    };

    private readonly CheckedOption<TimeSpan?> _timeout =
        Times.Seconds("--timeout", "Longest time to watch in seconds, after it exit code 3", "none");

    public Command Build()
    {
        var command = new Command(
            "watch",
            "Show events as they come.\n"
            + "Example: spexstream watch --broker mqtt://localhost:1883 --station no-svalbard --until-closed s2a-0815 --timeout 120");
        _broker.AddTo(command);
        foreach (Option option in new Option[] { _station, _json, _untilClosed, _live, _timeout })
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var watched = parsed.GetValue(_untilClosed)?.Value;
        using var limit = new TimeLimit(parsed.GetValue(_timeout), cancellation);
        try
        {
            return await WatchAsync(parsed, watched, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsUp)
        {
            // The limit is a result of its own, not a failure.
            Terminal.Error.WriteLine(
                watched is null ? "spexstream: time is up" : $"spexstream: scene {watched} did not close in time");
            return CommandException.TimedOut;
        }
    }

    private async Task<int> WatchAsync(ParseResult parsed, string? watched, CancellationToken cancellation)
    {
        var station = parsed.GetValue(_station);
        var scene = watched is null ? null : new SceneWatch(watched, parsed.GetValue(_live));
        await using var connection = await _broker.ConnectAsync(parsed, cancellation);
        await using var news = new BrokerNews(
            connection, $"{_broker.Address(parsed)}", "events of the meantime were not heard, states are told again");
        await connection.SubscribeAsync(
            [
                new MqttSubscription(TopicFilters.Everything(station)),
                new MqttSubscription(TopicFilters.DeadLetters(station)),
                new MqttSubscription(TopicFilters.States(station)),
            ],
            cancellation);
        await foreach (var delivery in connection.Deliveries.ReadAllAsync(cancellation))
        {
            using (delivery)
            {
                var shown = ShownEvent.Of(delivery.Message);
                Terminal.Out.WriteLine(parsed.GetValue(_json) ? shown.ToJson() : shown.ToText());
                await delivery.AcknowledgeAsync();
                if (scene?.Take(shown) is var (isClosed, words))
                {
                    return isClosed ? 0 : throw new CommandException(words);
                }
            }
        }

        return 0;
    }
}
