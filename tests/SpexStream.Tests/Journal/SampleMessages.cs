using System.Globalization;
using System.Text;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Tests.Journal;

internal static class SampleMessages
{
    /// <summary>A message with an id; the same text gives the same bytes.</summary>
    public static OutgoingMessage Event(string id, string says = "hello") => new()
    {
        Topic = "spex/a/station/out/scene/sentinel-2a",
        Payload = Encoding.UTF8.GetBytes(says),
        ContentType = "application/geo+json",
        UserProperties = [new("id", id), new("subject", "a \"b\" ü"), new("id", "again")],
        Qos = 1,
        Retain = false,
        Expiry = TimeSpan.FromDays(7),
        IsText = true,
        EventId = id,
        EventType = "org.spexstream.scene.closed.v1",
    };

    /// <summary>All that goes to the broker, as text.</summary>
    public static string Text(OutgoingMessage message) => string.Create(
        CultureInfo.InvariantCulture,
        $"{message.Topic} {Convert.ToHexString(message.Payload.Span)} {message.ContentType ?? "(none)"} "
        + $"{string.Join(';', message.UserProperties)} {message.Qos} {message.Retain} {message.Expiry} {message.IsText} "
        + $"{message.EventId} {message.EventType}");

    public static string Text(OutboxEntry entry) =>
        $"{entry.Key} {entry.Scene?.Value ?? "(no scene)"} {entry.At.UtcTicks} {Text(entry.Message)}";
}
