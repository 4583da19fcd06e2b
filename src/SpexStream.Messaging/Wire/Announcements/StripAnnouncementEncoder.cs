using System.Text;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Announcements;

/// <summary>Writes announcements, for the command line and for tests.</summary>
public static class StripAnnouncementEncoder
{
    /// <summary>The bare Item. Bare bytes, without an envelope.</summary>
    public static byte[] ToJson(StripAnnouncement strip) => WireWriter.Render(w => StripItemWriter.Write(w, strip));

    /// <summary>The announcement of a raster that lies somewhere. The limit of size is for what stations say; a long
    /// list of bands may exceed it.</summary>
    public static OutgoingMessage Encode(StripAnnouncement strip, WireContext context) => EventEnvelope.Seal(
        Topic(strip, context.Station),
        Header(strip, context.Station),
        Delivery.Strip,
        MediaTypes.GeoJson,
        context,
        writer => StripItemWriter.Write(writer, strip));

    /// <summary>The announcement with its raster in the message; both belong to the message from here on.</summary>
    public static OutgoingMessage EncodeInBand(
        StripAnnouncement strip, ReadOnlyMemory<byte> raster, WireContext context)
    {
        var whole = strip with
        {
            Data = strip.Data with
            {
                Href = null,
                SizeBytes = raster.Length,
                Checksum = ContentChecksum.Compute(strip.Data.Checksum?.Kind ?? HashKind.Sha256, raster.Span),
            },
        };
        var item = Encoding.ASCII.GetString(WireWriter.RenderAscii(w => StripItemWriter.Write(w, whole)));
        return EventEnvelope.SealFile(
            Topic(strip, context.Station),
            Header(strip, context.Station),
            Delivery.Strip,
            MediaTypes.Tiff,
            context,
            raster,
            writer => StripItemWriter.Write(writer, whole),
            new(StripAnnouncementDecoder.ItemProperty, item));
    }

    private static SpexTopic.StripIn Topic(StripAnnouncement strip, StationId station) =>
        new SpexTopic.StripIn(station, strip.Platform, strip.Sensor);

    private static EventHeader Header(StripAnnouncement strip, StationId station) => new()
    {
        Type = EventTypes.StripAnnounced,
        Subject = strip.ItemId,
        DataId = AnnouncementIdentity.DataId(station, strip),
        Revision = strip.Revision,
        Scene = strip.Scene,
        Strip = strip.StripIndex,
    };
}
