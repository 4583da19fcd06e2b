using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Envelope;
using static SpexStream.Messaging.Contract.Member;
using static SpexStream.Messaging.Contract.Shapes;

namespace SpexStream.Messaging.Contract;

/// <summary>Alerts.</summary>
internal static class AlertContracts
{
    private const string Out = "out/alert/{class}/{severity}/{area}";

    public static ImmutableArray<MessageContract> All() =>
    [
        Alert(EventTypes.AlertRaised, "An alert begins"),
        Alert(EventTypes.AlertUpdated, "An alert is confirmed, or changed by enough to be told"),
        Alert(EventTypes.AlertCleared, "A pass saw that what an alert told of is over"),
        Alert(EventTypes.AlertCancelled, "An alert is taken back: it should not have been"),
        new(
            EventTypes.AlertState, "state/alert/{class}/{area}/{alert}",
            "Where an open alert stands; empty when it ended")
        {
            ContentType = MediaTypes.GeoJson,
            Retain = true,
            Schema = Payload(),
        },
    ];

    private static MessageContract Alert(string type, string says) => new(type, Out, says)
    {
        ContentType = MediaTypes.GeoJson,
        Schema = Payload(),
    };

    private static JsonObject Payload() => Parts.Feature(
    [
        Parts.Published(),
        new("alert_id", Hex(32, "The same for the alert's whole life")),
        new("identifier", Text("Of this message")),
        new("transition", Word<AlertTransition>(value => value.ToString().ToLowerInvariant())),
        new("msg_type", Word<CapMessageType>(value => value.ToString())),
        new("sent", Time("When it was decided")),
        new("references", List(Thing(new("identifier", Text()), new("sent", Time())), "The message before")),
        new("status", Word<AlertStatus>(value => value.ToString(), "Act on Actual only")),
        new("scope", Word<AlertScope>(value => value.ToString())),
        new("category", Word(["Geo", "Env", "Infra"])),
        new("event", Text("surface-water-increase, flood ...")),
        new("urgency", Word(["Immediate", "Expected", "Past"])),
        new("severity", Word<AlertSeverity>(value => value.ToString())),
        new("certainty", Word(["Observed", "Likely"])),
        new("onset", Time()),
        new("expires", Time()),
        new("headline", Text("One sentence for people")),
        new("language", Word<MessageLanguage>(MessageLanguages.Tag)),
        new("area_desc", Text()),
        new("aoi_id", Id()),
        new("class", Word<LandCoverClass>(LandCoverClasses.Slug)),
        new("rule", Rule()),
        new("confidence_class", Word<AlertConfidence>(value => value.ToString().ToLowerInvariant())),
        new("first_seen", Time()),
        new("last_seen", Time()),
        new("duration_s", Number("From the first to the last pass that supports it", least: 0)),
        new("count", Integer("Passes that saw it beyond the threshold")),
        Perhaps("description", Text("What has changed since the previous pass, for people, in the language")),
        Perhaps("change", Change()),
        Perhaps("observations", List(Id(), "Scenes that had a say, oldest first")),
        Perhaps("reason", Text("Where the numbers do not say it: what was withdrawn")),
    ]);

    private static JsonObject Change() => Thing(
        new("since", Thing(
            new("scene", Id("Of the previous pass over the area")), new("revision", Integer(least: 1)),
            new("sensed", Time()))),
        new("compared", Flag("false where a mask of the two is not to be had: then there are no figures")),
        Perhaps("gained_ha", Number("The class now and not before, where both passes saw the ground", least: 0)),
        Perhaps("lost_ha", Number("The class before and not now, likewise", least: 0)),
        Perhaps("stayed_ha", Number("The class in both", least: 0)),
        Perhaps("perhaps_gained_ha", Number("The class now, where the previous pass saw nothing", least: 0)),
        Perhaps("perhaps_lost_ha", Number("The class before, where this pass saw nothing", least: 0)),
        Perhaps("compared_ha", Number("Seen in both passes", least: 0)),
        Perhaps("unseen_ha", Number("The rest of the area: not seen in both", least: 0)),
        Perhaps("gained", Outline("The largest gains, simplified; their size is not that of gained_ha")),
        Perhaps("lost", Outline("The largest losses, likewise")),
        Perhaps("outlines_incomplete", Flag("Whether there is more than what is outlined")));

    private static JsonObject Outline(string says)
    {
        var shape = Thing(
            new("type", Word(["Polygon", "MultiPolygon"])), new("coordinates", List(new JsonObject())));
        shape["description"] = says;
        return shape;
    }

    private static JsonObject Rule() => Thing(
        new("id", Id()), new("version", Hex(12)), new("metric", Word<AlertMetric>(AlertMetrics.Slug)),
        new("unit", Word(["ha", "%"])), Perhaps("baseline_percent", Number("Share of the seen ground that is usual")),
        Perhaps("reference", Id("Mask of where the class usually is")), new("observed", Number()),
        Perhaps("delta", Number("Change since the message before")), new("enter", Number()), new("exit", Number()),
        new("n_of_m", List(Integer(least: 1))));
}
