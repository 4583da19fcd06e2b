using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Alerts;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Tests.Alerts;
using Xunit;

namespace SpexStream.Tests.Wire;

public sealed class AlertMessageTests
{
    private static readonly AreaOfInterest Meadow = Places.Area("meadow", Places.Box(13, 53, 13.1, 53.05));
    private static readonly WireContext Context = new(Sample.Station, Play.Day(2).AddHours(1));

    [Fact]
    public void An_alert_says_it_in_the_words_of_cap()
    {
        var message = AlertMessage.Encode(Confirmed(Meadow), Meadow, Context);
        Assert.Equal("spex/a/de-neustrelitz/out/alert/water/severe/meadow", message.Topic);
        Assert.Equal(
            (EventTypes.AlertUpdated, "application/geo+json", false, TimeSpan.FromDays(7) - TimeSpan.FromHours(1)),
            (message.EventType, message.ContentType, message.Retain, message.Expiry));
        var id = AlertId.Of(RuleId.Parse("flood"), Meadow.Id, Play.Pass(1, 0).Scene, 1);
        Golden.Equal(
            $$"""
            {"type":"Feature","id":"{{id}}",
             "geometry":{"type":"Polygon","coordinates":[[[13,53],[13.1,53],[13.1,53.05],[13,53.05],[13,53]]]},
             "bbox":[13,53,13.1,53.05],
             "properties":{"pubtime":"2026-04-03T11:00:00Z","alert_id":"{{id}}","identifier":"{{id}}.2",
              "transition":"confirmed","msg_type":"Update","sent":"2026-04-03T11:00:00Z",
              "references":[{"identifier":"{{id}}.1","sent":"2026-04-02T11:00:00Z"}],
              "status":"Test","scope":"Restricted","category":"Geo","event":"surface-water-increase",
              "urgency":"Immediate","severity":"Severe","certainty":"Observed",
              "onset":"2026-04-02T10:00:00Z","expires":"2026-04-10T10:00:00Z",
              "headline":"meadow: open water 30 ha, confirmed","language":"en","area_desc":"meadow","aoi_id":"meadow",
              "class":"water",
              "rule":{"id":"flood","version":"{{Play.Water().Version}}","metric":"area","unit":"ha","observed":30,
               "delta":20,"enter":5,"exit":2,"n_of_m":[2,3]},
              "confidence_class":"high","first_seen":"2026-04-02T10:00:00Z",
              "last_seen":"2026-04-03T10:00:00Z","duration_s":86400,"count":2,"observations":["s1","s2"]},
             "links":[]}
            """,
            message.Payload);
    }

    [Fact]
    public void The_twin_in_cap_keeps_its_rules_and_turns_positions_round()
    {
        var message = CapMessage.Encode(Confirmed(Meadow), Meadow, Context);
        Assert.Equal("spex/a/de-neustrelitz/out/cap/water/severe/meadow", message.Topic);
        Assert.Equal(("application/cap+xml", true), (message.ContentType, message.IsText));
        var cap = CapChecker.Valid(message.Payload);
        Assert.Equal("53,13 53,13.1 53.05,13.1 53.05,13 53,13", cap.GetElementsByTagName("polygon")[0]!.InnerText);
        Assert.Equal("2026-04-03T11:00:00-00:00", cap.GetElementsByTagName("sent")[0]!.InnerText);
        var id = Confirmed(Meadow).AlertId;
        Assert.Equal(
            $"de-neustrelitz,{id}.1,2026-04-02T11:00:00-00:00", cap.GetElementsByTagName("references")[0]!.InnerText);
        Assert.NotEqual(message.EventId, AlertMessage.Encode(Confirmed(Meadow), Meadow, Context).EventId);
    }

    [Theory]
    [InlineData("<sent>2026-04-03T11:00:00-00:00</sent>", "<sent>2026-04-03T11:00:00Z</sent>")]
    [InlineData("<status>Test</status>", "<status>Real</status>")]
    [InlineData("<scope>Restricted</scope>", "")]
    [InlineData("53,13 53,13.1", "13,253 53,13.1")]
    public void What_breaks_the_rules_of_cap_is_found(string from, string to)
    {
        var text = Encoding.UTF8.GetString(CapMessage.Encode(Confirmed(Meadow), Meadow, Context).Payload.Span);
        Assert.Contains(from, text, StringComparison.Ordinal);
        var faults = new List<string>();
        CapChecker.Read(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)), faults);
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void Names_from_files_cannot_break_the_document()
    {
        var area = Meadow with { Name = "A & B <\u0001\uFFFF\ud83c\udf0a>\t\"x\"" };
        var cap = CapChecker.Valid(CapMessage.Encode(Confirmed(area), area, Context).Payload);
        Assert.Equal("A & B <\ud83c\udf0a>\t\"x\"", cap.GetElementsByTagName("areaDesc")[0]!.InnerText);
    }

    [Fact]
    public void The_twin_says_that_holes_are_filled_where_there_are_some()
    {
        var lake = Places.Area("lake", Places.Box(13, 53, 13.1, 53.05), Places.Box(13.04, 53.02, 13.06, 53.03));
        Assert.Equal(
            "Holes in the area are filled: the ground in them is not meant.", NoteOf(lake));
        Assert.Equal(
            "The outline of the area is simplified. Holes in the area are filled: the ground in them is not meant.",
            NoteOf(Huge("holes")));
        Assert.Null(NoteOf(Meadow));

        static string? NoteOf(AreaOfInterest area) => CapChecker
            .Valid(CapMessage.Encode(Confirmed(area), area, Context).Payload).GetElementsByTagName("note")[0]?.InnerText;
    }

    public static TheoryData<string> HugeAreas() => ["coast", "islands", "comb", "antimeridian", "holes", "dust"];

    [Theory]
    [MemberData(nameof(HugeAreas))]
    public void However_large_an_outline_is_the_message_fits_and_still_says_where_it_is(string kind)
    {
        var area = Huge(kind);
        var notice = Confirmed(area) with
        {
            Headline = new string('\u00e4', 200),
            Observations =
            [
                .. Enumerable.Range(0, 64).Select(i => Play.Pass(i, 0, scene: $"{i}-{new string('x', 90)}").Scene),
            ],
            Product = $"file:///{new string('p', 4000)}/item.json",
        };
        OutgoingMessage[] messages =
        [
            AlertMessage.Encode(notice, area, Context), AlertMessage.EncodeState(notice, area, Context),
            CapMessage.Encode(notice, area, Context),
        ];
        Assert.All(messages, message => Assert.InRange(Size(message), 1, MessageFitting.MaxBytes));
        CapChecker.Valid(messages[2].Payload);
        var feature = JsonDocument.Parse(messages[0].Payload).RootElement;
        Assert.Contains(
            "geometry",
            feature.GetProperty("properties").GetProperty("spex:omitted").EnumerateArray().Select(e => e.GetString()));
        Assert.Contains(
            "Polygon", feature.GetProperty("geometry").GetProperty("type").GetString()!, StringComparison.Ordinal);
        Assert.Equal(4, feature.GetProperty("bbox").GetArrayLength());
    }

    [Fact]
    public void A_state_is_retained_an_hour_longer_than_the_alert_and_can_be_cleared()
    {
        var state = AlertMessage.EncodeState(Confirmed(Meadow), Meadow, Context);
        Assert.Equal(
            (true, TimeSpan.FromDays(7), EventTypes.AlertState), (state.Retain, state.Expiry, state.EventType));
        var clear = AlertMessage.ClearState(Confirmed(Meadow), Context);
        Assert.Equal((state.Topic, true, 0), (clear.Topic, clear.Retain, clear.Payload.Length));
    }

    [Fact]
    public void An_area_whose_outline_is_lost_is_told_by_its_name()
    {
        var area = Meadow with { Polygons = [] };
        var feature = JsonDocument.Parse(AlertMessage.Encode(Confirmed(area), area, Context).Payload).RootElement;
        Assert.Equal(JsonValueKind.Null, feature.GetProperty("geometry").ValueKind);
        CapChecker.Valid(CapMessage.Encode(Confirmed(area), area, Context).Payload);
    }

    /// <summary>A notice of a confirmed alert after two passes.</summary>
    internal static AlertNotice Confirmed(AreaOfInterest area)
    {
        var rule = Play.Water();
        var state = new AlertState(rule.Id, area.Id);
        AlertFact.AlertChanged? last = null;
        foreach (var (day, hectares) in new[] { (1.0, 10.0), (2.0, 30.0) })
        {
            var (next, facts) = AlertLife.Step(
                rule, state, new AlertInput.Observed(Play.Pass(day, hectares)), Play.Day(day).AddHours(1));
            (state, last) = (next, facts.OfType<AlertFact.AlertChanged>().Single());
        }

        return AlertNotices.Of(rule, area, last!, AlertStatus.Test, AlertScope.Restricted);
    }

    private static int Size(OutgoingMessage message) => message.Payload.Length + message.Topic.Length
        + message.UserProperties.Sum(p => p.Name.Length + p.Value.Length);

    private static AreaOfInterest Huge(string kind)
    {
        var random = new Random(7);
        return kind switch
        {
            "coast" => Places.Area("a", Coast(13, 53, 1, 90_000, random)),
            "islands" => Places.Multi(
                "a", [.. Enumerable.Range(0, 4000).Select(i => Coast(i % 90, i / 90, 0.3, 20, random))]),
            "comb" => Places.Area("a", [.. Enumerable.Range(0, 40_000).Select(i => new LonLat(i * 2e-4, i % 2)),
                new(8, -1), new(0, -1)]),
            "antimeridian" => Places.Area("a", Coast(180, -17, 3, 20_000, random)),
            "holes" => Places.Area("a", [
                Places.Box(0, 0, 50, 50),
                .. Enumerable.Range(0, 2000).Select(i => Coast(1 + (i % 45), 1 + (i / 45), 0.3, 12, random)),
            ]),
            _ => Places.Multi(
                "a", [.. Enumerable.Range(0, 5000).Select(i => Places.Box(i * 0.01, 10, (i * 0.01) + 0.001, 10.001))]),
        };
    }

    private static LonLat[] Coast(double longitude, double latitude, double radius, int count, Random random) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var (angle, reach) = (i * 2 * Math.PI / count, radius * (0.8 + (0.2 * random.NextDouble())));
            return new LonLat(longitude + (reach * Math.Cos(angle)), latitude + (reach * Math.Sin(angle)));
        }),
    ];
}
