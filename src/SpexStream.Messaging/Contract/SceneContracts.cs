using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using static SpexStream.Messaging.Contract.Member;
using static SpexStream.Messaging.Contract.Shapes;

namespace SpexStream.Messaging.Contract;

/// <summary>Scenes, observations, and the states of scenes and nodes.</summary>
internal static class SceneContracts
{
    private const string Out = "out/scene/{platform}";
    private const int Day = 24 * 3600;

    public static ImmutableArray<MessageContract> All() =>
    [
        Notice(EventTypes.SceneOpened, "The first strip of a scene arrived"),
        Notice(EventTypes.SceneClosed, "A scene is complete or given up; its product stands"),
        Notice(EventTypes.SceneRevised, "A closed scene has a new revision"),
        new(EventTypes.ObservationCreated, "out/observation/{class}/{area}", "A fact on a region, strip or scene")
        {
            ContentType = MediaTypes.GeoJson,
            ExpirySeconds = Day,
            Schema = Observation(),
        },
        new(EventTypes.SceneProgress, "state/scene/{scene}", "How far a scene is")
        {
            ContentType = MediaTypes.Json,
            Retain = true,
            ExpirySeconds = Day,
            Schema = Progress(),
        },
        new(EventTypes.NodeStatus, "state/node/{node}", "State of a node")
        {
            ContentType = MediaTypes.Json,
            Retain = true,
            ExpirySeconds = 300,
            Schema = Thing(
                new("node", Id()), new("state", Word<NodeState>(value => value.ToString().ToLowerInvariant())),
                Perhaps("reason", Text()), new("version", Text()), new("started", Time()),
                Perhaps("devices", List(Text())), Perhaps("omitted", Parts.Omitted()), new("updated", Time())),
        },
    ];

    private static MessageContract Notice(string type, string says) => new(type, Out, says)
    {
        ContentType = MediaTypes.GeoJson,
        ExpirySeconds = Day,
        Schema = Parts.Feature(
        [
            Parts.Published(), .. Parts.Sensed(), .. Parts.OfProduct(),
            new("spex:event", Word<SceneNoticeKind>(value => value.ToString().ToLowerInvariant())),
            Parts.Trained(), Perhaps("spex:close_reason", Word<CloseReason>(CloseReasons.Slug)),
            Parts.Completeness(), Perhaps("spex:given_up", Number("Percent of pixels that nobody could answer")),
            Parts.Latency(),
            new("spex:strips", Thing(
                new("received", Integer()), Perhaps("expected", Integer()), Perhaps("missing", List(Integer())))),
        ]),
    };

    private static JsonObject Observation() => Parts.Feature(
    [
        Parts.Published(), .. Parts.Sensed(), .. Parts.OfProduct(),
        new("kind", Word<ObservationKind>(ObservationKinds.Slug)),
        new("class", Word<ProductClass>(ProductClasses.Slug)),
        new("aoi", Id()),
        Perhaps("spex:strip_index", Integer()),
        Perhaps("spex:region_id", Text()),
        Parts.Trained(), Parts.Completeness(), Parts.Latency(),
        Perhaps("area_m2", OrNull(Number())),
        Perhaps("fraction", OrNull(Number("Of what was clearly seen", 0, 1))),
        Perhaps("region_count", Integer()),
        Perhaps("confidence", Thing(Perhaps("mean", Number(null, 0, 100)), Perhaps("p10", Number(null, 0, 100)))),
        Perhaps("diag_bits", Integer()),
        Perhaps("spex:window", List(Integer(), "Column, row, width, height")),
        new("validity", Thing(
            new("clear", Number()), new("cloud", Number()), new("shadow", Number()), new("snow_ice", Number()),
            new("no_answer", Number()), new("nodata", Number()), Perhaps("given_up", Number()))),
        Perhaps("evidence", List(Thing(
            new("index", Text()), Perhaps("value", OrNull(Number())), Perhaps("threshold", OrNull(Number())),
            Perhaps("passed", Flag())))),
        Perhaps("text", Text("The explanation")),
        Perhaps("text_language", Text()),
        Perhaps("text_source", Word(["model", "template"])),
        Perhaps("prompt_hash", Text()),
        Perhaps("model", Thing(
            new("name", Text()), new("version", Text()), Perhaps("sha256", Text()), Perhaps("href", Text()))),
        Perhaps("remarks", List(Text())),
    ]);

    private static JsonObject Progress() => Thing(
        new("scene_id", Id()), new("platform", Id()),
        new("phase", Word<ScenePhase>(value => value.ToString().ToLowerInvariant())),
        Perhaps("reason", Text()), Perhaps("message", Text()), new("revision", Integer(least: 1)),
        new("strips_received", Integer()), Perhaps("strips_expected", Integer()), new("tiles_done", Integer()),
        Perhaps("tiles_total", Integer()), new("completeness", Number("Percent", 0, 100)),
        Perhaps("deadline", Time()), Perhaps("predicted_finish", Time()), Perhaps("change", Integer()),
        Perhaps("epoch", Integer("Rises with each process that takes the scene over")),
        Perhaps("omitted", Parts.Omitted()), new("updated", Time()));
}
