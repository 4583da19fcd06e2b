using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Json;
using SpexStream.Messaging.Wire.Outgoing;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Alerts;

/// <summary>
/// The same alert in the Common Alerting Protocol (OASIS CAP 1.2, 2010): elements in the order of its schema, positions
/// as "latitude,longitude", times with an offset in digits. CAP's polygons have no holes, so areas lose theirs here, and the
/// message says so.
/// </summary>
public static class CapMessage
{
    private const string Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    /// <summary>The message, never above <see cref="MessageFitting.MaxBytes"/>.</summary>
    public static OutgoingMessage Encode(AlertNotice notice, AreaOfInterest area, WireContext context)
    {
        var header = new EventHeader
        {
            Type = AlertMessage.EventTypeOf(notice.Transition),
            Subject = notice.AlertId.Value,
            DataId = DataId.OfAlert(context.Station, "cap", notice.Area.Value, notice.AlertId.Value),
            Revision = notice.Number,
        };
        var topic = new SpexTopic.CapOut(
            context.Station, notice.Class.ToProduct(), notice.Severity, notice.Area.Value);
        return MessageFitting.Fit(
            AreaOutlines.Of(area),
            choice => EventEnvelope.SealText(
                topic, header, Delivery.Alert(AlertMessage.Until(notice, context)), MediaTypes.Cap, context,
                Render(notice, area, choice, context)));
    }

    /// <summary>A time as CAP wants it: whole seconds, and "-00:00" for UTC, never "Z".</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "-00:00";

    private static byte[] Render(
        AlertNotice notice, AreaOfInterest area, GeometryChoice choice, WireContext context)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false) };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            xml.WriteStartElement("alert", Namespace);
            Message(xml, notice, NoteOf(area, choice), context);
            xml.WriteStartElement("info", Namespace);
            Info(xml, notice);
            Area(xml, notice, choice);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void Message(XmlWriter xml, AlertNotice notice, string? note, WireContext context)
    {
        var sender = context.Station.Value;
        Text(xml, "identifier", notice.Identifier);
        Text(xml, "sender", sender);
        Text(xml, "sent", Time(notice.Sent));
        Text(xml, "status", notice.Status.ToString());
        Text(xml, "msgType", notice.MessageType.ToString());
        Text(xml, "scope", notice.Scope.ToString());
        Text(xml, "restriction", notice.Scope == AlertScope.Restricted ? "Subscribers of this station" : null);
        Text(xml, "note", note);
        Text(
            xml, "references",
            notice.Reference is { } before ? $"{sender},{before.Identifier},{Time(before.Sent)}" : null);
        Text(xml, "incidents", notice.AlertId.Value);
    }

    // What the drawn area is not.
    private static string? NoteOf(AreaOfInterest area, GeometryChoice choice)
    {
        string?[] notes =
        [
            choice.IsFinest ? null : "The outline of the area is simplified.",
            area.Polygons.Any(polygon => polygon.Rings.Length > 1)
                ? "Holes in the area are filled: the ground in them is not meant." : null,
        ];
        return string.Join(' ', notes.OfType<string>()) is { Length: > 0 } note ? note : null;
    }

    private static void Info(XmlWriter xml, AlertNotice notice)
    {
        Text(xml, "language", notice.Language);
        Text(xml, "category", notice.Category);
        Text(xml, "event", notice.Event);
        Text(xml, "urgency", notice.Urgency);
        Text(xml, "severity", notice.Severity.ToString());
        Text(xml, "certainty", notice.Certainty);
        Text(xml, "onset", Time(notice.Onset));
        Text(xml, "expires", Time(notice.Expires > notice.Sent ? notice.Expires : notice.Sent));
        Text(xml, "headline", notice.Headline);
        Text(xml, "description", DescriptionOf(notice));
        var rule = notice.Rule;
        Parameter(xml, "transition", notice.Transition.ToString().ToLowerInvariant());
        Parameter(xml, "confidence", notice.Confidence.ToString().ToLowerInvariant());
        Parameter(xml, "rule", $"{rule.Id} {rule.Version}");
        Parameter(xml, "metric", rule.Metric);
        Parameter(xml, "observed", $"{Number(rule.Observed)} {rule.Unit}");
        Parameter(xml, "enter", $"{Number(rule.Enter)} {rule.Unit}");
        Parameter(xml, "exit", $"{Number(rule.Exit)} {rule.Unit}");
        Parameter(xml, "count", notice.Count.ToString(CultureInfo.InvariantCulture));
        Parameter(xml, "last-seen", Time(notice.LastSeen));
        if (notice.Change is { Figures: { } figures } change)
        {
            Parameter(xml, "compared-with", $"{change.Since.Scene} {Time(change.Since.SensedAt)}");
            Parameter(xml, "gained", $"{Hectares(figures.Gained)} ha");
            Parameter(xml, "lost", $"{Hectares(figures.Lost)} ha");
            Parameter(xml, "not-seen-in-both", $"{Hectares(figures.Unseen)} ha");
        }
    }

    private static string? DescriptionOf(AlertNotice notice) =>
        notice.Description is not { } words ? notice.Reason
        : notice.Reason is { } reason ? $"{reason}. {words}" : words;

    private static void Area(XmlWriter xml, AlertNotice notice, GeometryChoice choice)
    {
        xml.WriteStartElement("area", Namespace);
        Text(xml, "areaDesc", notice.AreaDescription);
        switch (choice.Geometry)
        {
            case GeoOutline outline:
                foreach (var polygon in outline.Polygons)
                {
                    Text(xml, "polygon", Positions(polygon.Exterior));
                }

                break;
            case GeoPoint point:
                Text(xml, "circle", $"{Positions([point.Position])} 0");
                break;
        }

        xml.WriteStartElement("geocode", Namespace);
        Text(xml, "valueName", "aoi");
        Text(xml, "value", notice.Area.Value);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // Closed where it is a ring.
    private static string Positions(ImmutableArray<LonLat> ring)
    {
        var closing = ring[0] == ring[^1] ? 0 : 1;
        var text = new byte[(ring.Length + closing) * ((2 * SixPlaces.MostBytes) + 2)];
        var at = 0;
        for (var i = 0; i < ring.Length + closing; i++)
        {
            var place = ring[i % ring.Length];
            at += SixPlaces.WriteMillionths(Millionths(place.Latitude), text.AsSpan(at));
            text[at++] = (byte)',';
            at += SixPlaces.WriteMillionths(Millionths(place.Longitude), text.AsSpan(at));
            text[at++] = (byte)' ';
        }

        return System.Text.Encoding.ASCII.GetString(text, 0, at - 1);
    }

    private static int Millionths(double degrees) => (int)Math.Round(degrees * 1e6);

    private static string Hectares(double squareMetres) =>
        Number(squareMetres / AreaMeasurement.SquareMetresPerHectare);

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static void Parameter(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("parameter", Namespace);
        Text(xml, "valueName", name);
        Text(xml, "value", value);
        xml.WriteEndElement();
    }

    // Names come from files of people, and XML has no way at all to write most control characters.
    private static void Text(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            var allowed = value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? value
                : string.Concat(value.EnumerateRunes().Where(IsAllowed).Select(rune => rune.ToString()));
            xml.WriteElementString(name, Namespace, allowed);
        }
    }

    private static bool IsAllowed(System.Text.Rune rune) => rune.Value is 0x9 or 0xA or 0xD or >= 0x20
        and not (0xFFFE or 0xFFFF);
}
