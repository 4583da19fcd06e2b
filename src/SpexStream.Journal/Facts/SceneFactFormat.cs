using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SpexStream.Domain.Journal;

namespace SpexStream.Journal.Facts;

/// <summary>
/// Facts as bytes, the same in every adapter: <c>{"type":"tile-done","version":1,"fact":{...}}</c>, UTF-8 without white
/// space. Extend only: what was ever written is read for ever.
/// </summary>
internal static class SceneFactFormat
{
    // The default escapes every quote of a coordinate system's definition sixfold, for the sake of web pages.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The fact as bytes; the same fact gives the same bytes.</summary>
    public static byte[] Write(SceneFact fact)
    {
        var kind = FactKinds.Of(fact);
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(bytes, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("type", kind.Tag);
            writer.WriteNumber("version", kind.Version);
            writer.WritePropertyName("fact");
            JsonSerializer.Serialize(writer, fact, kind.Json);
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads a fact.</summary>
    /// <exception cref="FactUnreadableException">A newer version wrote it, or nobody did.</exception>
    public static SceneFact Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var envelope = JsonSerializer.Deserialize(bytes, FactJson.Default.FactEnvelope)
                ?? throw new FactUnreadableException("is empty");
            var kind = FactKinds.Find(envelope.Type)
                ?? throw new FactUnreadableException($"is a '{envelope.Type}', which this version does not know");
            if (envelope.Version > kind.Version)
            {
                throw new FactUnreadableException(
                    $"is a '{envelope.Type}' of version {envelope.Version}, "
                    + $"and this version reads up to {kind.Version}");
            }

            return (SceneFact?)envelope.Fact.Deserialize(kind.Json) ?? throw new FactUnreadableException("is empty");
        }
        catch (Exception broken) when (broken is JsonException or FormatException or ArgumentException)
        {
            throw new FactUnreadableException($"cannot be read: {broken.Message}", broken);
        }
    }
}
