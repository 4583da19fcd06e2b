using System.Text.Json.Nodes;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Tests.Wire;

/// <summary>What STAC 1.1.0 and its extensions demand of an Item, as far as our Items use them.</summary>
internal static class StacChecker
{
    private static readonly Dictionary<string, string> Prefixes = new()
    {
        ["eo:"] = "https://stac-extensions.github.io/eo/v2.0.0/schema.json",
        ["proj:"] = "https://stac-extensions.github.io/projection/v2.0.0/schema.json",
        ["raster:"] = "https://stac-extensions.github.io/raster/v2.0.0/schema.json",
        ["classification:"] = "https://stac-extensions.github.io/classification/v2.0.0/schema.json",
        ["processing:"] = "https://stac-extensions.github.io/processing/v1.2.0/schema.json",
        ["file:"] = "https://stac-extensions.github.io/file/v2.1.0/schema.json",
    };

    public static List<string> Faults(string json)
    {
        var (item, faults) = (JsonNode.Parse(json)!.AsObject(), new List<string>());
        void Demand(bool holds, string what)
        {
            if (!holds)
            {
                faults.Add(what);
            }
        }

        Demand((string?)item["type"] == "Feature", "type is Feature");
        Demand((string?)item["stac_version"] == "1.1.0", "stac_version is 1.1.0");
        Demand(!string.IsNullOrEmpty((string?)item["id"]), "id is set");
        Demand(item.ContainsKey("geometry"), "geometry is there");
        Demand(item["geometry"] is null == item["bbox"] is null, "bbox goes with geometry");
        Demand(item["links"] is JsonArray, "links is an array");
        Demand(item["assets"] is JsonObject, "assets is an object");
        var links = (item["links"] as JsonArray ?? []).Select(link => link!).ToList();
        Demand(links.All(link => link["rel"] is not null && link["href"] is not null), "links have rel and href");
        Demand(
            item["collection"] is null == links.TrueForAll(link => (string?)link["rel"] != "collection"),
            "collection goes with its link");
        CheckTimes(item["properties"]!.AsObject(), Demand);
        foreach (var (key, asset) in item["assets"]!.AsObject())
        {
            CheckAsset(key, asset!.AsObject(), Demand);
        }

        var declared = (item["stac_extensions"] as JsonArray ?? []).Select(e => (string)e!).ToHashSet();
        var used = Names(item)
            .Select(n => Prefixes.FirstOrDefault(p => n.StartsWith(p.Key, StringComparison.Ordinal)).Value)
            .OfType<string>()
            .ToHashSet();
        Demand(used.IsSubsetOf(declared), "every extension in use is declared");
        Demand(declared.IsSubsetOf(used), "every extension declared is in use");
        Demand(!Names(item).Contains("proj:epsg"), "proj:epsg is deprecated");
        return faults;
    }

    private static void CheckTimes(JsonObject properties, Action<bool, string> demand)
    {
        demand(properties.ContainsKey("datetime"), "datetime is there");
        var range = properties["start_datetime"] is not null && properties["end_datetime"] is not null;
        demand(properties["datetime"] is not null || range, "a null datetime needs start and end");
        foreach (var name in (string[])["datetime", "start_datetime", "end_datetime", "created", "processing:datetime"])
        {
            demand(
                properties[name] is not { } time || WireTime.TryParse((string)time!, out _), $"{name} is RFC 3339 UTC");
        }
    }

    private static void CheckAsset(string key, JsonObject asset, Action<bool, string> demand)
    {
        demand(!string.IsNullOrEmpty((string?)asset["href"]), $"{key}: href is set");
        demand(asset["roles"] is JsonArray { Count: > 0 }, $"{key}: roles is set");
        demand(
            ((string?)asset["file:checksum"] ?? "").StartsWith("1220", StringComparison.Ordinal),
            $"{key}: checksum is a multihash");
        foreach (var value in asset["classification:classes"] as JsonArray ?? [])
        {
            demand(value!["value"] is not null, $"{key}: a class has a value");
            demand(
                ((string?)value["name"] ?? "").All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'),
                $"{key}: a class has a plain name");
            demand(
                ((string?)value["color_hint"] ?? "").All(char.IsAsciiHexDigitUpper)
                    && ((string?)value["color_hint"])?.Length == 6,
                $"{key}: a colour is RRGGBB");
        }

        foreach (var bit in asset["classification:bitfields"] as JsonArray ?? [])
        {
            demand(
                bit!["offset"] is not null && bit["length"] is not null && bit["classes"] is JsonArray { Count: > 0 },
                $"{key}: a bit field has offset, length and classes");
        }
    }

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => Names(pair.Value).Prepend(pair.Key)),
        JsonArray array => array.SelectMany(Names),
        _ => [],
    };
}
