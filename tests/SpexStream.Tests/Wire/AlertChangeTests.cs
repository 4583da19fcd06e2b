using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Alerts;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Tests.Alerts;
using SpexStream.Tests.Contract;
using Xunit;

namespace SpexStream.Tests.Wire;

/// <summary>What messages say of gains and losses.</summary>
public sealed class AlertChangeTests
{
    private static readonly AreaOfInterest Meadow = Places.Area("meadow", Places.Box(13, 53, 13.1, 53.05));
    private static readonly WireContext Context = new(Sample.Station, Play.Day(2).AddHours(1));

    [Fact]
    public void Gains_and_losses_are_told_with_outlines_as_geojson_wants_them()
    {
        var message = AlertMessage.Encode(Notice(Changed), Meadow, Context);
        var properties = JsonDocument.Parse(message.Payload).RootElement.GetProperty("properties");
        // Turned round: the exterior is counter-clockwise.
        Golden.Equal(
            """
            {"since":{"scene":"s1","revision":1,"sensed":"2026-04-02T10:00:00Z"},"compared":true,
             "gained_ha":12.34,"lost_ha":0.5,"stayed_ha":17.66,"perhaps_gained_ha":0,"perhaps_lost_ha":1,
             "compared_ha":80,"unseen_ha":20,
             "gained":{"type":"Polygon","coordinates":[[[13,53],[13.01,53],[13.01,53.01],[13,53]]]},
             "outlines_incomplete":false}
            """,
            properties.GetProperty("change").GetRawText());
        Assert.Equal(
            "Since the previous pass (scene s1, 2026-04-02 10:00 UTC) 12.3 ha were gained and 0.5 ha lost where both "
            + "passes saw the ground; 20 ha were not seen in both.",
            properties.GetProperty("description").GetString());
        Assert.Empty(FaultsOf(message));
    }

    [Fact]
    public void The_twin_says_it_in_words_and_in_the_language_of_the_rule()
    {
        var notice = Notice(Changed, MessageLanguage.German) with { Reason = "revision 2 of s2" };
        var cap = CapChecker.Valid(CapMessage.Encode(notice, Meadow, Context).Payload);
        Assert.Equal(
            "revision 2 of s2. Seit dem vorigen Überflug (Szene s1, 2026-04-02 10:00 UTC) sind 12,3 ha hinzugekommen "
            + "und 0,5 ha verschwunden, wo beide den Boden sahen; 20 ha wurden nicht in beiden gesehen.",
            cap.GetElementsByTagName("description")[0]!.InnerText);
        var parameters = cap.GetElementsByTagName("parameter").Cast<System.Xml.XmlNode>()
            .ToDictionary(node => node["valueName"]!.InnerText, node => node["value"]!.InnerText);
        Assert.Equal(("12.34 ha", "0.5 ha"), (parameters["gained"], parameters["lost"]));
    }

    [Fact]
    public void What_could_not_be_compared_says_so_and_gives_no_figures()
    {
        var message = AlertMessage.EncodeState(Notice(Changed with { Figures = null }), Meadow, Context);
        Golden.Equal(
            """{"since":{"scene":"s1","revision":1,"sensed":"2026-04-02T10:00:00Z"},"compared":false}""",
            Change(message).GetRawText());
        Assert.Empty(FaultsOf(message));
    }

    [Fact]
    public void A_cancelled_alert_tells_of_no_gains()
    {
        var play = new Play(Play.Water());
        play.See(1, 8);
        play.Do(new AlertInput.Observed(Play.Pass(2, 30)) { Change = Changed }, 2.1);
        play.Do(new AlertInput.RuleGone("the rule is gone"), 3);
        var last = play.Facts.OfType<AlertFact.AlertChanged>().Last();
        Assert.Null(AlertNotices.Of(play.Rule, Meadow, last, default, default).Change);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200)]
    public void Outlines_are_dropped_smallest_first_until_the_message_fits(int corners)
    {
        var notice = Notice(Changed with
        {
            Figures = Changed.Figures! with { GainedPatches = Stars(corners, 0), LostPatches = Stars(corners, 1) },
        });
        foreach (var message in (OutgoingMessage[])[
            AlertMessage.Encode(notice, Meadow, Context), AlertMessage.EncodeState(notice, Meadow, Context)])
        {
            Assert.InRange(EventEnvelope.SizeOf(message), 1, MessageFitting.MaxBytes);
            var change = Change(message);
            Assert.Equal(12.34, change.GetProperty("gained_ha").GetDouble());
            var kept = Polygons(change, "gained") + Polygons(change, "lost");
            // Gains and losses by turns are the next smaller, so both lose alike.
            Assert.InRange(Polygons(change, "gained") - Polygons(change, "lost"), 0, 1);
            Assert.Equal(kept < 20, change.GetProperty("outlines_incomplete").GetBoolean());
            Assert.Equal(corners == 10 ? 20 : 1, kept);
            Assert.Empty(FaultsOf(message));
        }

        Assert.InRange(EventEnvelope.SizeOf(CapMessage.Encode(notice, Meadow, Context)), 1, MessageFitting.MaxBytes);
    }

    [Fact]
    public void A_long_outline_of_the_area_leaves_room_for_those_of_the_gains()
    {
        var coast = Places.Area("coast", Ring(13, 53, 0.5, 5000));
        var notice = Notice(Changed with { Figures = Changed.Figures! with { GainedPatches = Stars(12, 0) } });
        var message = AlertMessage.Encode(notice with { Area = coast.Id }, coast, Context);
        Assert.InRange(EventEnvelope.SizeOf(message), 1, MessageFitting.MaxBytes);
        Assert.Equal(10, Polygons(Change(message), "gained"));
        var ring = JsonDocument.Parse(message.Payload).RootElement.GetProperty("geometry")
            .GetProperty("coordinates")[0];
        Assert.InRange(ring.GetArrayLength(), 100, 300);
    }

    internal static ToldChange Changed { get; } = new(
        SceneId.Parse("s2"), 1, new(SceneId.Parse("s1"), 1, Play.Day(1)))
    {
        Figures = new()
        {
            Gained = 123_400,
            Lost = 5000,
            Stayed = 176_600,
            PerhapsGained = 0,
            PerhapsLost = 10_000,
            Compared = 800_000,
            Unseen = 200_000,
            GainedPatches = [new(9, new([new([new(13, 53), new(13.01, 53.01), new(13.01, 53)])]))],
            LostPatches = [],
            OutlinesAreIncomplete = false,
        },
    };

    private static AlertNotice Notice(ToldChange change, MessageLanguage language = MessageLanguage.English)
    {
        var play = new Play(Play.Water() with { Language = language });
        play.See(1, 10);
        play.Do(new AlertInput.Observed(Play.Pass(2, 30)) { Change = change }, 2 + (1 / 24.0));
        return AlertNotices.Of(
            play.Rule, Meadow, play.Facts.OfType<AlertFact.AlertChanged>().Last(), AlertStatus.Test,
            AlertScope.Restricted);
    }

    private static ImmutableArray<ChangePatch> Stars(int corners, int later) =>
    [
        .. Enumerable.Range(0, 10).Select(i => new ChangePatch(
            1000 - (2 * i) - later, new([new([.. Ring(13 + (i * 0.01), 53 + (later * 0.02), 0.004, corners)])]))),
    ];

    private static LonLat[] Ring(double longitude, double latitude, double radius, int corners)
    {
        var random = new Random(71);
        return
        [
            .. Enumerable.Range(0, corners).Select(i =>
            {
                var (angle, reach) = (Math.Tau * i / corners, radius * (0.5 + (0.5 * random.NextDouble())));
                return new LonLat(longitude + (reach * Math.Cos(angle)), latitude + (reach * Math.Sin(angle)));
            }),
        ];
    }

    private static IEnumerable<string> FaultsOf(OutgoingMessage message) =>
        ContractCheck.Faults(message.Topic, message.EventType, message.ContentType, message.Payload);

    private static JsonElement Change(OutgoingMessage message) =>
        JsonDocument.Parse(message.Payload).RootElement.GetProperty("properties").GetProperty("change");

    private static int Polygons(JsonElement change, string name) =>
        !change.TryGetProperty(name, out var geometry) ? 0
        : geometry.GetProperty("type").GetString() == "Polygon" ? 1
        : geometry.GetProperty("coordinates").GetArrayLength();
}
