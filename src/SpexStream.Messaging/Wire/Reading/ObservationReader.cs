using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Json;
using SpexStream.Messaging.Wire.Outgoing;

namespace SpexStream.Messaging.Wire.Reading;

/// <summary>Reads observations back.</summary>
public static class ObservationReader
{
    /// <summary>The observation, its outline as it was sent; null for anything else. Never throws.</summary>
    public static Observation? TryRead(InboundMessage message) => WireReading.Read(message, Read);

    private static Observation? Read(JsonField feature)
    {
        var p = feature.Member("properties");
        if (ObservationKinds.FromSlug(p.Member("kind").Text(WireReading.MaxText)) is not { } kind
            || ProductClasses.FromSlug(p.Member("class").Text(WireReading.MaxText)) is not { } value
            || !PlatformId.TryParse(p.Member("platform").Text(WireReading.MaxText), out var platform)
            || !SceneId.TryParse(p.Member("spex:scene_id").Text(WireReading.MaxText), out var scene)
            || ProductStatuses.FromSlug(p.Member("spex:status").Text(WireReading.MaxText)) is not { } status
            || p.Member("spex:revision").Integer(0, int.MaxValue) is not { } revision
            || WireReading.Sensing(p) is not var (start, end))
        {
            return null;
        }

        var geometry = GeoJsonReader.Geometry(feature.Member("geometry"), WireReading.MaxItems);
        var bounds = GeoJsonReader.Box(feature.Member("bbox"));
        return new()
        {
            Kind = kind,
            Class = value,
            Platform = platform,
            Scene = scene,
            Strip = (int?)p.Member("spex:strip_index").Integer(0, int.MaxValue),
            RegionId = p.Member("spex:region_id").Text(WireReading.MaxText),
            Aoi = p.Member("aoi").Text(WireReading.MaxText) ?? Observation.EveryArea,
            Revision = (int)revision,
            Status = status,
            SensingStart = start,
            SensingEnd = end,
            Outlines = geometry is GeoOutline outline ? [outline] : [],
            Bounds = bounds,
            Centre = (geometry as GeoPoint)?.Position ?? bounds?.Centre,
            AreaSquareMetres = p.Member("area_m2").Number() ?? double.NaN,
            Fraction = p.Member("fraction").Number() ?? double.NaN,
            Confidence = p.Member("confidence").Member("mean").Number() is { } mean
                ? new(mean, p.Member("confidence").Member("p10").Number())
                : null,
            Evidence = [.. Evidence(p.Member("evidence"))],
            DiagnosticBits = (int?)p.Member("diag_bits").Integer(0, int.MaxValue),
            Explanation = Explanation(p),
            Model = Model(p.Member("model"), ModelTrust.IsDenied(p)),
            Visibility = Visibility(p.Member("validity")),
            CompletenessPercent = p.Member("spex:completeness").Number() ?? 0,
            RegionCount = (int?)p.Member("region_count").Integer(0, int.MaxValue),
            Window = Window(p.Member("spex:window")),
            Remarks = [.. p.Member("remarks").Items(WireReading.MaxItems)
                .Select(remark => remark.Text(WireReading.MaxText)).OfType<string>()],
            Links = [.. WireReading.Links(feature.Member("links"))],
        };
    }

    private static IEnumerable<EvidenceItem> Evidence(JsonField field)
    {
        foreach (var item in field.Items(WireReading.MaxItems))
        {
            if (item.Member("index").Text(WireReading.MaxText) is { } index
                && item.Member("value").Number() is { } value)
            {
                yield return new(index, value, item.Member("threshold").Number(), item.Member("passed").Flag());
            }
        }
    }

    private static ExplanationText? Explanation(JsonField properties) =>
        properties.Member("text").Text(WireReading.MaxText) is { } text
            ? new(
                text,
                properties.Member("text_language").Text(WireReading.MaxText) ?? "und",
                properties.Member("text_source").Text(WireReading.MaxText) == "model",
                properties.Member("prompt_hash").Text(WireReading.MaxText))
            : null;

    private static ModelFacts? Model(JsonField field, bool isUntrained) =>
        field.Member("name").Text(WireReading.MaxText) is { } name
            ? new(
                name,
                field.Member("version").Text(WireReading.MaxText) ?? "",
                field.Member("sha256").Text(WireReading.MaxText),
                field.Member("href").Text(WireReading.MaxText))
            {
                IsUntrained = isUntrained,
            }
            : null;

    private static VisibilityShares Visibility(JsonField field)
    {
        double Share(string name) => field.Member(name).Number() ?? 0;
        return new(
            Share("clear"), Share("cloud"), Share("shadow"), Share("snow_ice"), Share("no_answer"), Share("nodata"))
        {
            GivenUp = Share("given_up"),
        };
    }

    private static PixelWindow? Window(JsonField field)
    {
        long?[] values = [.. field.Items(max: 4).Select(value => value.Integer(int.MinValue, int.MaxValue))];
        return values is [{ } column, { } row, { } width, { } height]
            ? new PixelWindow((int)column, (int)row, (int)width, (int)height)
            : null;
    }
}
