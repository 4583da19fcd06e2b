using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Json;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>Wraps a payload as a CloudEvent 1.0.2 by the MQTT 5 binding.</summary>
internal static class EventEnvelope
{
    private const string SpecVersion = "1.0";

    /// <summary>
    /// The finished message. <paramref name="body"/> is called several times and must write the same.
    /// </summary>
    public static OutgoingMessage Seal(
        SpexTopic topic,
        EventHeader header,
        Delivery delivery,
        string contentType,
        WireContext context,
        Action<WireWriter> body) => Seal(topic, header, delivery, contentType, context, new WireBody(body));

    /// <summary>The finished message of a body that other messages may have, too.</summary>
    public static OutgoingMessage Seal(
        SpexTopic topic, EventHeader header, Delivery delivery, string contentType, WireContext context, WireBody body)
    {
        var id = EventId.Of(header, body.Identity);
        var wrapped = Wrapped(topic, header, delivery, contentType, context, id);
        return wrapped with
        {
            Payload = context.Envelope.Structured
                ? WireWriter.Render(Structured(header, contentType, context, id, body)) : body.Bytes,
        };
    }

    /// <summary>Bytes that the message of <see cref="Seal(SpexTopic, EventHeader, Delivery, string, WireContext,
    /// WireBody)"/> takes of the limit, at a fraction of the cost.</summary>
    public static int SizeOfSealed(
        SpexTopic topic, EventHeader header, Delivery delivery, string contentType, WireContext context, WireBody body)
    {
        // All ids are as long.
        var wrapped = Wrapped(topic, header, delivery, contentType, context, EventId.Any);
        return SizeOf(wrapped) + (context.Envelope.Structured
            ? WireWriter.Measure(Structured(header, contentType, context, EventId.Any, body)) : body.Size);
    }

    /// <summary>
    /// A message whose payload is no JSON but a file; always in binary mode, extra properties at the end.
    /// </summary>
    public static OutgoingMessage SealFile(
        SpexTopic topic,
        EventHeader header,
        Delivery delivery,
        string contentType,
        WireContext context,
        ReadOnlyMemory<byte> payload,
        Action<WireWriter> identity,
        UserProperty extra)
    {
        var id = EventId.Of(header, WireWriter.RenderIdentity(identity));
        return Message(
            topic, header, delivery, contentType, id, payload, Attributes(header, context, id).Add(extra),
            isText: false);
    }

    /// <summary>
    /// A message whose payload is text but no JSON; always in binary mode. Its identity is that of the payload, which
    /// must hold no time but those of facts.
    /// </summary>
    public static OutgoingMessage SealText(
        SpexTopic topic, EventHeader header, Delivery delivery, string contentType, WireContext context,
        ReadOnlyMemory<byte> payload)
    {
        var id = EventId.Of(header, payload.Span);
        return Message(topic, header, delivery, contentType, id, payload, Attributes(header, context, id));
    }

    private static OutgoingMessage Wrapped(
        SpexTopic topic, EventHeader header, Delivery delivery, string contentType, WireContext context, string id)
    {
        var structured = context.Envelope.Structured;
        return Message(
            topic, header, delivery, structured ? MediaTypes.StructuredEvent : contentType, id, payload: default,
            structured ? [] : Attributes(header, context, id));
    }

    private static OutgoingMessage Message(
        SpexTopic topic, EventHeader header, Delivery delivery, string contentType, string id,
        ReadOnlyMemory<byte> payload, ImmutableArray<UserProperty> properties, bool isText = true) => new()
        {
            Topic = topic.Text,
            Payload = payload,
            ContentType = contentType,
            UserProperties = properties,
            Qos = Delivery.Qos,
            Retain = delivery.Retain,
            Expiry = delivery.Expiry,
            IsText = isText,
            EventId = id,
            EventType = header.Type,
        };

    private static Action<WireWriter> Structured(
        EventHeader header, string contentType, WireContext context, string id, WireBody body)
    {
        var attributes = Attributes(header, context, id);
        return writer => Structured(writer, attributes, contentType, body.Write);
    }

    private static ImmutableArray<UserProperty> Attributes(EventHeader header, WireContext context, string id)
    {
        var attributes = ImmutableArray.CreateBuilder<UserProperty>(14);
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                attributes.Add(new(name, value));
            }
        }

        Add("specversion", SpecVersion);
        Add("id", id);
        Add("source", context.Source);
        Add("type", context.Envelope.OgcTypes ? EventTypes.ToOgc(header.Type) : header.Type);
        Add("subject", header.Subject);
        Add("time", WireTime.Format(context.Now));
        Add("dataid", header.DataId.Value);
        Add("sceneid", header.Scene?.Value);
        Add("stripid", header.Strip is { } strip ? StripKey(header, strip) : null);
        Add("revision", header.Revision?.ToString(CultureInfo.InvariantCulture));
        Add("status", header.Status?.Slug());
        Add("sequence", context.Sequence?.ToString(CultureInfo.InvariantCulture));
        Add("traceparent", TraceParent.Valid(context.TraceParent));
        return attributes.ToImmutable();
    }

    private static string StripKey(EventHeader header, int strip) =>
        string.Create(CultureInfo.InvariantCulture, $"{header.Scene?.Value}/{strip}");

    private static void Structured(
        WireWriter writer, ImmutableArray<UserProperty> attributes, string contentType, Action<WireWriter> body) =>
        writer.Object(() =>
        {
            foreach (var attribute in attributes)
            {
                if (attribute.Name == "revision")
                {
                    // CloudEvents knows integers, and this one is one.
                    writer.Integer(attribute.Name, int.Parse(attribute.Value, CultureInfo.InvariantCulture));
                }
                else
                {
                    writer.Text(attribute.Name, attribute.Value);
                }
            }

            writer.Text("datacontenttype", contentType);
            writer.Json.WritePropertyName("data");
            body(writer);
        });

    /// <summary>Bytes that a message takes of the limit: payload, topic, media type and user properties.</summary>
    public static int SizeOf(OutgoingMessage message) =>
        message.Payload.Length
        + Encoding.UTF8.GetByteCount(message.Topic)
        + (message.ContentType?.Length ?? 0)
        + message.UserProperties.Sum(p => Encoding.UTF8.GetByteCount(p.Name) + Encoding.UTF8.GetByteCount(p.Value));
}
