using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SpexStream.Journal.Facts;

/// <summary>What is kept, as bytes: <c>{"type":"tile-crashed","version":1,"fact":{...}}</c>, UTF-8 without white
/// space.</summary>
internal static class EnvelopeFormat
{
    // The default escapes every quote of a coordinate system's definition sixfold, for the sake of web pages.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Something as bytes; the same gives the same bytes.</summary>
    public static byte[] Write(FactKind kind, object value)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(bytes, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("type", kind.Tag);
            writer.WriteNumber("version", kind.Version);
            writer.WritePropertyName("fact");
            JsonSerializer.Serialize(writer, value, kind.Json);
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads it.</summary>
    /// <param name="bytes">What was written.</param>
    /// <param name="find">The kind of a tag; null for one that is not known.</param>
    /// <exception cref="FactUnreadableException">A newer version wrote it, or nobody did.</exception>
    public static object Read(ReadOnlySpan<byte> bytes, Func<string, FactKind?> find)
    {
        try
        {
            var envelope = JsonSerializer.Deserialize(bytes, FactJson.Default.FactEnvelope)
                ?? throw new FactUnreadableException("is empty");
            var kind = find(envelope.Type)
                ?? throw new FactUnreadableException($"is a '{envelope.Type}', which this version does not know")
                {
                    IsNewer = true,
                };
            if (envelope.Version > kind.Version)
            {
                throw new FactUnreadableException(
                    $"is a '{envelope.Type}' of version {envelope.Version}, "
                    + $"and this version reads up to {kind.Version}")
                {
                    IsNewer = true,
                };
            }

            return envelope.Fact.Deserialize(kind.Json) ?? throw new FactUnreadableException("is empty");
        }
        catch (Exception broken) when (broken is JsonException or FormatException or ArgumentException)
        {
            throw new FactUnreadableException($"cannot be read: {broken.Message}", broken);
        }
    }
}
