using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Reading;

/// <summary>Reads messages of products back.</summary>
public static class MaskReader
{
    private static readonly string[] Keys =
        ["mask", "confidence", "diagnostics", "validity", "vectors", "vectors-geojson", "browse"];

    /// <summary>The product; null for anything else. Never throws.</summary>
    public static ReceivedMask? TryRead(InboundMessage message) => WireReading.Read(message, Read);

    private static ReceivedMask? Read(JsonField item)
    {
        var p = item.Member("properties");
        ImmutableArray<ItemLink> links = [.. WireReading.Links(item.Member("links"))];
        if (item.Member("id").Text(WireReading.MaxText) is not { } id
            || !SceneId.TryParse(p.Member("spex:scene_id").Text(WireReading.MaxText), out var scene)
            || !PlatformId.TryParse(p.Member("platform").Text(WireReading.MaxText), out var platform)
            || p.Member("spex:revision").Integer(0, int.MaxValue) is not { } revision
            || ProductStatuses.FromSlug(p.Member("spex:status").Text(WireReading.MaxText)) is not { } status
            || Change(links) is not { } change
            || WireReading.Sensing(p) is not var (start, end))
        {
            return null;
        }

        return new()
        {
            ItemId = id,
            Scene = scene,
            Platform = platform,
            Strip = (int?)p.Member("spex:strip_index").Integer(0, int.MaxValue),
            Revision = (int)revision,
            Status = status,
            Change = change,
            CompletenessPercent = p.Member("spex:completeness").Number() ?? 0,
            SensingStart = start,
            SensingEnd = end,
            AreaSquareKilometres = Areas(p.Member("spex:class_area_km2")),
            Geometry = GeoJsonReader.Geometry(item.Member("geometry"), WireReading.MaxItems),
            Bounds = GeoJsonReader.Box(item.Member("bbox")),
            Assets = Assets(item.Member("assets")),
            Links = links,
        };
    }

    private static ProductChange? Change(ImmutableArray<ItemLink> links)
    {
        foreach (var link in links)
        {
            switch (link.Rel)
            {
                case "canonical":
                    return ProductChange.Created;
                case "update":
                    return ProductChange.Updated;
                case "deletion":
                    return ProductChange.Deleted;
            }
        }

        return null;
    }

    private static ImmutableSortedDictionary<LandCoverClass, double> Areas(JsonField field)
    {
        var areas = ImmutableSortedDictionary.CreateBuilder<LandCoverClass, double>();
        foreach (var value in LandCoverClasses.All)
        {
            if (field.Member(value.Slug()).Number() is { } area)
            {
                areas.Add(value, area);
            }
        }

        return areas.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, ReceivedAsset> Assets(JsonField field)
    {
        var assets = ImmutableSortedDictionary.CreateBuilder<string, ReceivedAsset>(StringComparer.Ordinal);
        foreach (var key in Keys)
        {
            var asset = field.Member(key);
            if (asset.Member("href").Text(WireReading.MaxText) is { } href)
            {
                var checksum = asset.Member("file:checksum").Text(WireReading.MaxText);
                assets.Add(key, new(
                    href,
                    asset.Member("type").Text(WireReading.MaxText),
                    asset.Member("file:size").Integer(0, long.MaxValue),
                    checksum is not null && ContentChecksum.TryParse(checksum, out var known) ? known : null));
            }
        }

        return assets.ToImmutable();
    }
}
