using SpexStream.Domain.Announcements;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Scenes;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Commands;

/// <summary>
/// Reads commands: arguments as a JSON object, bare or in a CloudEvent of either mode; nothing at all where none is
/// needed. Strict, for a command that is half understood does the wrong thing. Never throws, whatever the bytes.
/// </summary>
public static class CommandDecoder
{
    /// <summary>Bytes of a command's arguments, at most.</summary>
    public const int MaxBytes = 4096;

    private const int MaxPath = 1024;
    private const int MaxReason = 500;
    private const int MaxStrip = 1_000_000;
    private const int MaxId = 1000;
    private static readonly AnnouncementLimits Limits = AnnouncementLimits.Default with
    {
        MaxJsonBytes = MaxBytes,
        MaxDepth = 8
    };

    /// <summary>Decides on a message: a command, or the answer that says what is wrong with it (exactly one).</summary>
    public static (StationCommand? Command, CommandAnswer? Refusal) Decode(string verb, InboundMessage message)
    {
        if (!CommandVerbs.All.Contains(verb))
        {
            return (null, new(
                CommandStatus.Refused, "unknown-verb",
                $"{Rejection.Quote(verb)} is no command; use {string.Join(", ", CommandVerbs.All)}."));
        }

        var findings = new ReadFindings();
        StationCommand? command = null;
        var whole = message.Payload.IsEmpty ? message with { Payload = "{}"u8.ToArray() } : message;
        new EventDocument(whole, EventTypes.Command, Limits, findings).Read(arguments =>
            command = new Reading(arguments.AsObject(), findings).Of(verb));
        return findings.First is { } wrong
            ? (null, new(CommandStatus.Refused, wrong.Reason.Slug(), wrong.Sentence))
            : (command, null);
    }

    private sealed class Reading(JsonField arguments, ReadFindings findings)
    {
        private readonly HashSet<string> _known = [];

        public StationCommand? Of(string verb)
        {
            StationCommand? command = verb switch
            {
                CommandVerbs.Replay => Folder() is { } folder ? new StationCommand.Replay(folder) : null,
                CommandVerbs.Reprocess => OfScene(new SceneOrder.Reprocess(Revision())),
                CommandVerbs.Retract => OfScene(new SceneOrder.Retract(Revision(), Reason())),
                CommandVerbs.Abandon => OfScene(new SceneOrder.Abandon(Reason())),
                CommandVerbs.Release => OfScene(
                    Argument("strip").Required("give the strip's index").Integer(0, MaxStrip) is { } strip
                        ? new SceneOrder.Release((int)strip)
                        : null),
                CommandVerbs.Drain => new StationCommand.Drain(Node()),
                CommandVerbs.Pause => new StationCommand.Pause(Node()),
                _ => new StationCommand.Unpause(Node()),
            };
            foreach (var name in arguments.Names.Where(name => !_known.Contains(name)))
            {
                findings.Refuse(
                    RejectionReason.BadField, $"argument {Rejection.Quote(name)}", $"is not known to {verb}",
                    _known.Count == 0 ? "give none" : $"use {string.Join(", ", _known)}");
            }

            return command;
        }

        private JsonField Argument(string name)
        {
            _known.Add(name);
            return arguments.Member(name);
        }

        private StationCommand? OfScene(SceneOrder? order)
        {
            var field = Argument("scene");
            var text = field.Required("name the scene").Text(MaxId);
            if (!SceneId.TryParse(text, out var scene))
            {
                return text is null
                    ? null
                    : field.Refuse<StationCommand>($"is {Rejection.Quote(text)}", $"use {SceneId.Rule}");
            }

            return order is null ? null : new StationCommand.OfScene(scene, order);
        }

        private string? Folder()
        {
            var field = Argument("spool");
            var text = field.Required("name the folder").Text(MaxPath);
            return text is null || (text.StartsWith('/') && !text.Any(char.IsControl))
                ? text
                : field.Refuse<string>($"is {Rejection.Quote(text)}", "give an absolute path");
        }

        private string? Node()
        {
            var field = Argument("node");
            var text = field.Text(MaxId);
            return text is null || TopicLevel.IsValid(text)
                ? text
                : field.Refuse<string>($"is {Rejection.Quote(text)}", $"use {TopicLevel.Rule}");
        }

        private int? Revision() => (int?)Argument("revision").Integer(1, int.MaxValue);

        private string? Reason()
        {
            var field = Argument("reason");
            var text = field.Text(MaxReason);
            return text?.Any(char.IsControl) == true
                ? field.Refuse<string>("holds control characters", "give one line of text")
                : text;
        }
    }
}
