using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Announcements;

/// <summary>
/// Reads announcements of strips: a minimal STAC Item, bare or in a CloudEvent of either mode, or beside its raster
/// (the in-band form). Never throws, whatever the bytes. What needs the raster itself is checked by whoever opens it.
/// </summary>
public static class StripAnnouncementDecoder
{
    /// <summary>User property that holds the Item of an in-band raster.</summary>
    public const string ItemProperty = "spex-item";

    private const string Payload = "payload";

    /// <summary>Decides on a message. Safe to call from several threads.</summary>
    public static AnnouncementOutcome Decode(InboundMessage message, AnnouncementLimits limits, DateTimeOffset now)
    {
        var reading = new Reading(message, limits, now);
        try
        {
            reading.Read();
        }
        catch (InvalidOperationException)
        {
            // The one thing JsonElement throws on well-formed JSON: an escape that is half a surrogate pair.
            reading.Findings.Refuse(
                RejectionReason.NotJson, Payload, "holds half a surrogate pair", "escape characters by RFC 8259");
        }

        return reading.Outcome();
    }

    private sealed class Reading(InboundMessage message, AnnouncementLimits limits, DateTimeOffset now)
    {
        private AnnouncementOrigin _origin = AnnouncementOrigin.None;
        private StripAnnouncement? _strip;
        private SceneId? _scene;
        private ReadOnlyMemory<byte> _inBand;

        public ReadFindings Findings { get; } = new();

        public AnnouncementOutcome Outcome() => Findings.First is null && _strip is not null
            ? new AnnouncementOutcome.Accepted(_strip, _origin, _inBand)
            : new AnnouncementOutcome.Refused(Findings.First!, _scene, _origin);

        public void Read()
        {
            _origin = CloudEventReader.Binary(message, Findings);
            var item = message.Property(ItemProperty);
            if (item is null && !IsRaster(message.ContentType))
            {
                ReadJson(message.Payload, isWrapped: false);
                return;
            }

            if (item is null)
            {
                Findings.Refuse(
                    RejectionReason.MissingField,
                    $"user property \"{ItemProperty}\"",
                    "is missing",
                    "send the Item as JSON beside the raster");
                return;
            }

            ReadInBand(Encoding.UTF8.GetBytes(item));
        }

        private void ReadInBand(byte[] item)
        {
            if (message.Payload.Length > limits.MaxInBandBytes || message.Payload.IsEmpty)
            {
                Findings.Refuse(
                    message.Payload.IsEmpty ? RejectionReason.Unreadable : RejectionReason.TooLarge,
                    Payload,
                    $"has {message.Payload.Length} bytes",
                    $"send a raster of 1 to {limits.MaxInBandBytes} bytes, or its place instead");
                return;
            }

            _inBand = message.Payload;
            ReadJson(item, isWrapped: true);
            if (_strip is not null)
            {
                _strip = InBandRaster.Complete(_strip, _inBand.Span, Findings);
            }
        }

        private void ReadJson(ReadOnlyMemory<byte> json, bool isWrapped)
        {
            if (json.Length > limits.MaxJsonBytes)
            {
                Findings.Refuse(
                    RejectionReason.TooLarge,
                    Payload,
                    $"has {json.Length} bytes of JSON",
                    $"send at most {limits.MaxJsonBytes}");
                return;
            }

            using var document = Parse(WithoutMark(json));
            if (document is null)
            {
                return;
            }

            var root = new JsonField(Findings, document.RootElement, "");
            if (isWrapped || !CloudEventReader.IsStructured(message, root))
            {
                ReadItem(root);
                return;
            }

            _origin = CloudEventReader.Structured(root, Findings);
            if (CloudEventReader.Wrapped(root, limits.MaxJsonBytes) is { } bytes)
            {
                ReadJson(bytes, isWrapped: true);
            }
            else
            {
                ReadItem(root.Member("data").Required("put the Item into the event"));
            }
        }

        private void ReadItem(JsonField item)
        {
            var strip = new StripItemReader(item, limits, isInBand: !_inBand.IsEmpty).Read(out _scene);
            if (strip is null || Findings.First is not null)
            {
                return;
            }

            if (AnnouncementRules.Check(strip, limits, now) is { } broken)
            {
                Findings.Refuse(broken.Reason, broken.Where, broken.What, broken.Remedy);
            }

            _strip = strip;
        }

        private JsonDocument? Parse(ReadOnlyMemory<byte> json)
        {
            if (!Utf8.IsValid(json.Span))
            {
                Findings.Refuse(RejectionReason.NotJson, Payload, "is not UTF-8", "send JSON as UTF-8");
                return null;
            }

            try
            {
                var document = JsonDocument.Parse(
                    json, new() { MaxDepth = limits.MaxDepth, AllowDuplicateProperties = false });
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                {
                    return document;
                }

                document.Dispose();
                Findings.Refuse(RejectionReason.NotJson, Payload, "is JSON but no object", "send one STAC Item");
            }
            catch (JsonException broken)
            {
                Findings.Refuse(
                    RejectionReason.NotJson,
                    Payload,
                    $"cannot be read as JSON near line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}",
                    $"send one STAC Item, no name twice, at most {limits.MaxDepth} levels deep");
            }

            return null;
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) =>
        json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private static bool IsRaster(string? contentType) =>
        contentType?.TrimStart().StartsWith(MediaTypes.Tiff, StringComparison.OrdinalIgnoreCase) ?? false;
}
