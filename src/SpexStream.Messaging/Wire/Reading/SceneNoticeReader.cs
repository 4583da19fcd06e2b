using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Json;
using SpexStream.Messaging.Wire.Outgoing;

namespace SpexStream.Messaging.Wire.Reading;

/// <summary>Reads scenes opened, closed and revised back.</summary>
public static class SceneNoticeReader
{
    /// <summary>The notice, its outline as it was sent; null for anything else. Never throws.</summary>
    public static SceneNotice? TryRead(InboundMessage message) => WireReading.Read(message, Read);

    private static SceneNotice? Read(JsonField feature)
    {
        var p = feature.Member("properties");
        var strips = p.Member("spex:strips");
        if (Kind(p.Member("spex:event").Text(WireReading.MaxText)) is not { } kind
            || !PlatformId.TryParse(p.Member("platform").Text(WireReading.MaxText), out var platform)
            || !SceneId.TryParse(p.Member("spex:scene_id").Text(WireReading.MaxText), out var scene)
            || p.Member("spex:revision").Integer(0, int.MaxValue) is not { } revision
            || strips.Member("received").Integer(0, int.MaxValue) is not { } received
            || WireReading.Sensing(p) is not var (start, end))
        {
            return null;
        }

        return new()
        {
            Kind = kind,
            Platform = platform,
            Scene = scene,
            Revision = (int)revision,
            SensingStart = start,
            SensingEnd = end,
            StripsReceived = (int)received,
            StripsExpected = (int?)strips.Member("expected").Integer(0, int.MaxValue),
            MissingStrips = [.. strips.Member("missing").Items(WireReading.MaxItems)
                .Select(strip => (int?)strip.Integer(0, int.MaxValue)).OfType<int>()],
            CompletenessPercent = p.Member("spex:completeness").Number() ?? 0,
            GivenUpPercent = p.Member("spex:given_up").Number() ?? 0,
            IsUntrained = ModelTrust.IsDenied(p),
            Reason = CloseReasons.FromSlug(p.Member("spex:close_reason").Text(WireReading.MaxText)),
            Outlines = GeoJsonReader.Geometry(feature.Member("geometry"), WireReading.MaxItems) is GeoOutline outline
                ? [outline]
                : [],
            Bounds = GeoJsonReader.Box(feature.Member("bbox")),
            Links = [.. WireReading.Links(feature.Member("links"))],
        };
    }

    private static SceneNoticeKind? Kind(string? text) => text switch
    {
        "opened" => SceneNoticeKind.Opened,
        "closed" => SceneNoticeKind.Closed,
        "revised" => SceneNoticeKind.Revised,
        _ => null,
    };
}
