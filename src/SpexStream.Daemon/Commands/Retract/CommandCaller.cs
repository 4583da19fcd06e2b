using System.Text;
using System.Text.Json;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Daemon.Commands.Retract;

/// <summary>Gives commands to a running station over a connection of the caller's, one at a time.</summary>
internal sealed class CommandCaller
{
    // The daemon itself gives a scene up after 30 s.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(45);
    private readonly IMqttConnection _connection;
    private readonly StationId _station;
    private readonly string _replies;
    private int _asked;

    private CommandCaller(IMqttConnection connection, StationId station)
    {
        (_connection, _station) = (connection, station);
        _replies = $"{SpexTopic.Root(station)}/reply/cli/{Guid.NewGuid():N}";
    }

    /// <summary>Begins to listen for answers.</summary>
    public static async Task<CommandCaller> OpenAsync(
        IMqttConnection connection, StationId station, CancellationToken cancellation)
    {
        var caller = new CommandCaller(connection, station);
        await connection.SubscribeAsync([new MqttSubscription(caller._replies)], cancellation);
        return caller;
    }

    /// <summary>The answer to a command.</summary>
    /// <exception cref="CommandException">Nobody answers.</exception>
    public async Task<CommandReply> AskAsync(string verb, string arguments, CancellationToken cancellation)
    {
        var number = Encoding.UTF8.GetBytes($"{++_asked}");
        await _connection.PublishAsync(
            new MqttMessage
            {
                Topic = new SpexTopic.Command(_station, verb).Text,
                Payload = Encoding.UTF8.GetBytes(arguments),
                ResponseTopic = _replies,
                CorrelationData = number,
                Qos = MqttQos.AtLeastOnce,
            },
            cancellation);
        using var limit = new TimeLimit(Longest, cancellation);
        try
        {
            while (true)
            {
                using var delivery = await _connection.Deliveries.ReadAsync(limit.Token);
                await delivery.AcknowledgeAsync();
                if (delivery.Message.CorrelationData?.Span.SequenceEqual(number) == true)
                {
                    return Read(delivery.Message.Payload);
                }
            }
        }
        catch (OperationCanceledException) when (limit.IsUp)
        {
            throw new CommandException(
                $"Station {_station} does not answer: is its daemon running, and does it take commands "
                + "(--commands true)?");
        }
    }

    private static CommandReply Read(ReadOnlyMemory<byte> payload)
    {
        using var answer = JsonDocument.Parse(payload);
        var root = answer.RootElement;
        return new(
            root.GetProperty("status").GetString()!, root.GetProperty("reason").GetString()!,
            root.GetProperty("message").GetString()!);
    }
}
