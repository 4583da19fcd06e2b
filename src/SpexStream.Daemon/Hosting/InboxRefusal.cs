using System.Text.Json;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Outgoing;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Daemon.Hosting;

/// <summary>Tells of a strip that a node accepted and its scene, on another one, refused.</summary>
internal static class InboxRefusal
{
    /// <summary>The message. A crash may hand the same entry over again: it then says the same, byte for byte, so its
    /// time is that of the entry.</summary>
    public static OutgoingMessage Encode(InboxEntry entry, Rejection rejection, StationIdentity identity)
    {
        var strip = ((InboxItem.Strip)entry.Item).Accepted;
        // The message itself is with the node that took it; this much is known of it.
        var known = JsonSerializer.SerializeToUtf8Bytes(
            new { node = entry.Node, scene = entry.Item.Target.Value, strip = strip.Key.Index, href = strip.Path });
        var original = OriginalPayload.Of(new InboundMessage(
            $"{SpexTopic.Root(identity.Station)}/in/strip", known, "application/json", []));
        return StripRefusalMessage.Encode(
            new StripRefusal(rejection, original, entry.Key, entry.Item.Target), identity.Context(entry.At));
    }
}
