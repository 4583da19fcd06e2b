using System.Collections.Immutable;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Wire.Commands;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Commands;

/// <summary>A command as it came, with the way back to whoever gave it. Holds nothing of the message's
/// memory.</summary>
/// <param name="Verb">Last level of the topic; one of <see cref="CommandVerbs"/>, else "unknown".</param>
/// <param name="Command">What is asked; null when that cannot be told.</param>
/// <param name="Refusal">What is wrong with it; null when nothing is.</param>
/// <param name="ReplyTo">Topic of the answer; null when none is wanted.</param>
/// <param name="Correlation">Goes back with the answer; null when none was given.</param>
internal sealed record CommandRequest(
    string Verb, StationCommand? Command, CommandAnswer? Refusal, string? ReplyTo, ReadOnlyMemory<byte>? Correlation)
{
    private const string Unknown = "unknown";

    /// <summary>Whether the verb is none.</summary>
    public bool IsUnknown => Verb == Unknown;

    public static CommandRequest Of(MqttMessage message, StationId station)
    {
        var verb = message.Topic[(message.Topic.LastIndexOf('/') + 1)..];
        var properties = message.UserProperties.Select(p => new UserProperty(p.Name, p.Value)).ToImmutableArray();
        var (command, refusal) = CommandDecoder.Decode(
            verb, new InboundMessage(message.Topic, message.Payload, message.ContentType, properties));
        if (message.Retain)
        {
            // One that the broker keeps would be given anew at every start.
            (command, refusal) = (
                null, new(CommandStatus.Refused, "retained", "A command must not be retained; clear the topic."));
        }

        var (replyTo, correlation) = (message.ResponseTopic, message.CorrelationData?.ToArray());
        if (replyTo is not null && !TopicFilters.IsReply(station, replyTo))
        {
            (command, refusal) = (null, new(
                CommandStatus.Refused, "bad-response-topic",
                $"Answers are given below {SpexTopic.Root(station)}/reply/ alone."));
            replyTo = null;
        }

        return new(
            CommandVerbs.All.Contains(verb) ? verb : Unknown, command, refusal, replyTo,
            correlation is null ? null : (ReadOnlyMemory<byte>?)correlation);
    }
}
