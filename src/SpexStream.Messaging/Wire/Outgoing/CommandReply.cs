using SpexStream.Domain.Commands;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>The payload of an answer to a command. An answer is no event: it is said once, to whoever asked.</summary>
internal static class CommandReply
{
    public static byte[] Encode(string verb, string node, CommandAnswer answer, DateTimeOffset now) =>
        WireWriter.Render(writer => writer.Object(() =>
        {
            writer.Text("verb", verb);
            writer.Text("status", answer.Status.ToString().ToLowerInvariant());
            writer.Text("reason", answer.Reason);
            writer.Text("message", answer.Sentence);
            writer.Text("scene_id", answer.Scene?.Value);
            writer.Integer("revision", answer.Revision);
            if (answer.Strips is { } strips)
            {
                writer.Object("strips", () =>
                {
                    writer.Integer("accepted", strips.Accepted);
                    writer.Integer("duplicates", strips.Duplicates);
                    writer.Integer("refused", strips.Refused);
                });
            }

            writer.Text("node", node);
            writer.Clock("answered", now);
        }));
}
