using System.Text.Json;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Reading;

/// <summary>Reads back what stations say, in either mode of the envelope.</summary>
internal static class WireReading
{
    /// <summary>Longest string that is believed.</summary>
    public const int MaxText = 16 * 1024;

    /// <summary>Longest array that is believed.</summary>
    public const int MaxItems = 16 * 1024;

    /// <summary>What <paramref name="read"/> makes of the payload; null when it is not what it should be.</summary>
    public static T? Read<T>(InboundMessage message, Func<JsonField, T?> read)
        where T : class
    {
        var findings = new ReadFindings();
        try
        {
            using var document = JsonDocument.Parse(message.Payload);
            var root = new JsonField(findings, document.RootElement, "");
            var value = read(CloudEventReader.IsStructured(message, root) ? root.Member("data") : root);
            return findings.First is null ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in a string.
            return null;
        }
    }

    /// <summary>Sensing start and end; null when there is neither an instant nor both.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End)? Sensing(JsonField properties) =>
        properties.Member("datetime").Time() is { } instant ? (instant, instant)
        : properties.Member("start_datetime").Time() is { } start && properties.Member("end_datetime").Time() is { } end
            ? (start, end)
            : null;

    /// <summary>Links; those without relation or target are passed over.</summary>
    public static IEnumerable<ItemLink> Links(JsonField field)
    {
        foreach (var link in field.Items(MaxItems))
        {
            if (link.Member("rel").Text(MaxText) is { } rel && link.Member("href").Text(MaxText) is { } href)
            {
                yield return new(rel, href, link.Member("type").Text(MaxText), link.Member("title").Text(MaxText));
            }
        }
    }
}
