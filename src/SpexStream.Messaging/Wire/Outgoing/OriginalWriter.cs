using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>Writes the traces of a message that could not be used.</summary>
internal static class OriginalWriter
{
    public static void Write(WireWriter writer, OriginalPayload original, string? href) =>
        writer.Object("original", () =>
        {
            writer.Text("topic", original.Topic);
            writer.Text("content_type", original.ContentType);
            writer.Integer("size", original.SizeBytes);
            writer.Text("sha256", original.Sha256);
            writer.Text("href", href);
            writer.Json.WriteBase64String("first_bytes", original.FirstBytes.Span);
        });
}
