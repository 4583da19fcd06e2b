using System.Buffers;
using System.Text.Json;
using SpexStream.Domain.Identity;

namespace SpexStream.Messaging.Wire.Outgoing;

/// <summary>The STAC 1.1 Collection that a station's products belong to. Its extent is the world: items tell their
/// own.</summary>
public static class CollectionJson
{
    /// <summary>The file's bytes.</summary>
    public static byte[] Render(string collection, StationId station)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", "Collection");
        json.WriteString("stac_version", "1.1.0");
        json.WriteString("id", collection);
        json.WriteString("description", $"Land cover (water, vegetation, buildings) extracted by station {station}.");
        json.WriteString("license", "other");
        json.WriteStartObject("extent");
        json.WritePropertyName("spatial");
        json.WriteRawValue("{\"bbox\":[[-180,-90,180,90]]}");
        json.WritePropertyName("temporal");
        json.WriteRawValue("{\"interval\":[[null,null]]}");
        json.WriteEndObject();
        json.WriteStartArray("links");
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
