using System.Text.Json.Nodes;
using SpexStream.Domain.Messages;
using static SpexStream.Messaging.Contract.Member;
using static SpexStream.Messaging.Contract.Shapes;

namespace SpexStream.Messaging.Contract;

/// <summary>Members that several messages have.</summary>
internal static class Parts
{
    /// <summary>A GeoJSON Feature.</summary>
    public static JsonObject Feature(IReadOnlyList<Member> properties, params IReadOnlyList<Member> more) => Thing(
    [
        new("type", Exactly("Feature")),
        new("id", Text("The same for all messages about the same thing")),
        new("geometry", OrNull(Thing(
            new("type", Word(["Point", "Polygon", "MultiPolygon"])), new("coordinates", List(new JsonObject()))))),
        Perhaps("bbox", List(Number(), "West, south, east, north; west above east over the antimeridian")),
        new("properties", Thing([.. properties, Perhaps("spex:omitted", Omitted())])),
        new("links", Links()),
        .. more,
    ]);

    public static JsonObject Omitted() => List(Text(), "What was left out to keep the message short");

    public static JsonObject Links() => List(Thing(
        new("rel", Text()), new("href", Text()), Perhaps("type", Text()), Perhaps("title", Text())));

    public static Member[] Sensed() =>
    [
        new("datetime", OrNull(Time("Time of sensing; null with a start and an end"))),
        Perhaps("start_datetime", Time()),
        Perhaps("end_datetime", Time()),
    ];

    /// <summary>What tells of which product something speaks.</summary>
    public static Member[] OfProduct() =>
    [
        new("platform", Id()),
        new("spex:scene_id", Id("The scene")),
        new("spex:revision", Integer("Revision of the scene's product", least: 1)),
        new("spex:status", Word<ProductStatus>(ProductStatuses.Slug, "Whether more is to come")),
    ];

    public static Member Published() => new("pubtime", Time("When it was said first"));

    public static Member Trained() =>
        Perhaps("spex:trained", Flag("false where an untrained model answered: its answers mean nothing"));

    public static Member Completeness() =>
        new("spex:completeness", Number("Percent of the expected strips", 0, 100));

    public static Member Latency() => new("spex:latency_s", Number("Seconds from sensing to this message"));

    public static JsonObject Original() => Thing(
        new("topic", Text()), Perhaps("content_type", Text()), new("size", Integer("Bytes")), new("sha256", Hex(64)),
        Perhaps("href", Text("Where it is kept")), new("first_bytes", Text("Base64")));
}
