using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Envelope;
using Xunit;

namespace SpexStream.Tests.Wire;

/// <summary>One small scene, told in every kind of message.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 5, 1, 10, 15, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = Start.AddSeconds(4.5);
    public static readonly DateTimeOffset Now = Start.AddSeconds(60);
    public static readonly StationId Station = StationId.Parse("de-neustrelitz");
    public static readonly PlatformId Platform = PlatformId.Parse("sat-1");
    public static readonly SceneId Scene = SceneId.Parse("pass-77");
    public static readonly WireContext Context = new(Station, Now);
    public static readonly ContentChecksum Checksum = ContentChecksum.Compute(HashKind.Sha256, "raster"u8);

    public static readonly GeoOutline Square = new([new([new(13, 53), new(14, 53), new(14, 54), new(13, 54)])]);

    public static JsonObject Item() => (JsonObject)JsonNode.Parse(
        """
        {
          "type": "Feature",
          "stac_version": "1.1.0",
          "id": "pass-77-3",
          "properties": {
            "datetime": "2026-05-01T10:15:00Z",
            "platform": "sat-1",
            "spex:scene_id": "pass-77",
            "spex:strip_index": 3
          },
          "assets": { "data": { "href": "/data/in/strip-3.tif" } }
        }
        """)!;

    public static InboundMessage Message(string json, string? contentType = null, params UserProperty[] properties) =>
        new("spex/a/de-neustrelitz/in/strip/sat-1/msi", Encoding.UTF8.GetBytes(json), contentType, [.. properties]);

    public static AnnouncementOutcome Decode(JsonNode item, AnnouncementLimits? limits = null) =>
        Decode(Message(item.ToJsonString()), limits);

    public static AnnouncementOutcome Decode(InboundMessage message, AnnouncementLimits? limits = null) =>
        StripAnnouncementDecoder.Decode(message, limits ?? AnnouncementLimits.Default, Now);

    public static StripAnnouncement Accept(AnnouncementOutcome outcome) =>
        outcome is AnnouncementOutcome.Refused refused
            ? throw new InvalidOperationException(refused.Rejection.ToString())
            : ((AnnouncementOutcome.Accepted)outcome).Announcement;

    public static Rejection Refuse(AnnouncementOutcome outcome) =>
        Assert.IsType<AnnouncementOutcome.Refused>(outcome).Rejection;

    public static InboundMessage Received(OutgoingMessage message) =>
        new(message.Topic, message.Payload, message.ContentType, message.UserProperties);

    public static string Json(OutgoingMessage message) => Encoding.UTF8.GetString(message.Payload.Span);

    public static Observation Region() => new()
    {
        Kind = ObservationKind.Region,
        Class = ProductClass.Water,
        Platform = Platform,
        Scene = Scene,
        RegionId = "pass-77.water.4711",
        Revision = 2,
        Status = ProductStatus.Final,
        SensingStart = Start,
        SensingEnd = End,
        Outlines = [Square],
        Bounds = new GeoBox(13, 53, 14, 54),
        Centre = new LonLat(13.5, 53.5),
        AreaSquareMetres = 12345.67,
        Fraction = 0.125,
        Confidence = new(87.5, 60),
        Evidence = [new("MNDWI", 0.41237, 0.124, true), new("NDVI", -0.1)],
        DiagnosticBits = 31,
        Explanation = new("Open water, calm.", "en", IsGenerated: true, "ab12"),
        Model = new("spex", "1.0", "cd34", "file:///models/spex/item.json"),
        Visibility = new(0.9, 0.05, 0.01, 0, 0, 0.04),
        CompletenessPercent = 100,
        Window = new PixelWindow(10, 20, 30, 40),
        Remarks = ["not screened for cirrus"],
        Links = [new("item", "file:///out/pass-77/item.json", MediaTypes.GeoJson)],
    };

    public static SceneNotice Closed() => new()
    {
        Kind = SceneNoticeKind.Closed,
        Platform = Platform,
        Scene = Scene,
        Revision = 1,
        SensingStart = Start,
        SensingEnd = End,
        StripsReceived = 8,
        StripsExpected = 10,
        MissingStrips = [4, 5],
        CompletenessPercent = 80,
        Reason = CloseReason.Timeout,
        Outlines = [Square],
        Bounds = new GeoBox(13, 53, 14, 54),
        Links = [new("item", "file:///out/pass-77/item.json", MediaTypes.GeoJson)],
    };

    public static SceneProduct Product() => new()
    {
        Collection = "landcover",
        Platform = Platform,
        Instruments = ["msi"],
        Scene = Scene,
        Revision = 1,
        Status = ProductStatus.Final,
        Change = ProductChange.Created,
        SensingStart = Start,
        SensingEnd = End,
        ProcessedAt = Now.AddSeconds(-1),
        Outlines = [Square],
        Bounds = new GeoBox(13, 53, 14, 54),
        ProjCode = "EPSG:32633",
        Shape = new(512, 1024),
        Transform = new Affine(300000, 10, 0, 5900000, 0, -10),
        PixelSizeMetres = 10,
        Assets =
        [
            new(ProductAssetKind.Mask, LandCoverClass.Water, "water.tif", 100, Checksum),
            new(ProductAssetKind.Confidence, LandCoverClass.Water, "water-confidence.tif", 101, Checksum),
            new(ProductAssetKind.Mask, LandCoverClass.Vegetation, "vegetation.tif", 102, Checksum),
            new(ProductAssetKind.Diagnostics, null, "diagnostics.tif", 103, Checksum),
            new(ProductAssetKind.Validity, null, "validity.tif", 104, Checksum),
            new(ProductAssetKind.Vectors, null, "regions.fgb", 105, Checksum),
            new(ProductAssetKind.VectorsGeoJson, null, "regions.geojson", 106, Checksum),
            new(ProductAssetKind.Browse, null, "browse.png", 107, Checksum),
        ],
        FolderHref = "file:///out/pass-77/",
        AreaSquareKilometres = ImmutableSortedDictionary<LandCoverClass, double>.Empty
            .Add(LandCoverClass.Water, 1.5)
            .Add(LandCoverClass.Vegetation, 20.25),
        Visibility = new(0.9, 0.05, 0.01, 0, 0, 0.04),
        CompletenessPercent = 100,
        Software = [new("SpexStream", "0.1.0"), new("onnxruntime", "1.29.0")],
        Model = new("spectral", "1"),
        Sources = [new("derived_from", "/data/in/strip-3.json")],
    };
}
