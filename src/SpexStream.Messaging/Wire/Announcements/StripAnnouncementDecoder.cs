using System.Text;
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

    /// <summary>Decides on a message. Safe to call from several threads.</summary>
    public static AnnouncementOutcome Decode(InboundMessage message, AnnouncementLimits limits, DateTimeOffset now)
    {
        var reading = new Reading(message, limits, now);
        reading.Read();
        return reading.Outcome();
    }

    private sealed class Reading
    {
        private readonly InboundMessage _message;
        private readonly AnnouncementLimits _limits;
        private readonly DateTimeOffset _now;
        private readonly ReadFindings _findings = new();
        private readonly EventDocument _document;
        private StripAnnouncement? _strip;
        private SceneId? _scene;
        private ReadOnlyMemory<byte> _inBand;

        public Reading(InboundMessage message, AnnouncementLimits limits, DateTimeOffset now)
        {
            (_message, _limits, _now) = (message, limits, now);
            _document = new EventDocument(message, EventTypes.StripAnnounced, limits, _findings);
        }

        public AnnouncementOutcome Outcome() => _findings.First is null && _strip is not null
            ? new AnnouncementOutcome.Accepted(
                _strip with { TraceParent = _document.Origin.TraceParent }, _document.Origin, _inBand)
            : new AnnouncementOutcome.Refused(_findings.First!, _scene, _document.Origin);

        public void Read()
        {
            var item = _message.Property(ItemProperty);
            if (item is null && !IsRaster(_message.ContentType))
            {
                _document.Read(ReadItem);
                return;
            }

            if (item is null)
            {
                _findings.Refuse(
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
            if (_message.Payload.Length > _limits.MaxInBandBytes || _message.Payload.IsEmpty)
            {
                _findings.Refuse(
                    _message.Payload.IsEmpty ? RejectionReason.Unreadable : RejectionReason.TooLarge,
                    EventDocument.Payload,
                    $"has {_message.Payload.Length} bytes",
                    $"send a raster of 1 to {_limits.MaxInBandBytes} bytes, or its place instead");
                return;
            }

            _inBand = _message.Payload;
            _document.ReadBeside(item, ReadItem);
            if (_strip is not null)
            {
                _strip = InBandRaster.Complete(_strip, _inBand.Span, _findings);
            }
        }

        private void ReadItem(JsonField item)
        {
            var strip = new StripItemReader(item, _limits, isInBand: !_inBand.IsEmpty).Read(out _scene);
            if (strip is null || _findings.First is not null)
            {
                return;
            }

            if (AnnouncementRules.Check(strip, _limits, _now) is { } broken)
            {
                _findings.Refuse(broken.Reason, broken.Where, broken.What, broken.Remedy);
            }

            _strip = strip;
        }
    }

    private static bool IsRaster(string? contentType) =>
        contentType?.TrimStart().StartsWith(MediaTypes.Tiff, StringComparison.OrdinalIgnoreCase) ?? false;
}
