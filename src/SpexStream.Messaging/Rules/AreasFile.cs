using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;

namespace SpexStream.Messaging.Rules;

/// <summary>Reads areas of interest from GeoJSON (RFC 7946): a Feature or a FeatureCollection of polygons.</summary>
internal static class AreasFile
{
    private const long MaxBytes = 256L << 20;
    private const int MaxAreas = 100_000;
    private const int MaxNameLength = 200;

    public static ImmutableArray<AreaOfInterest> Read(string path, List<RuleFault> faults)
    {
        var name = Path.GetFileName(path);
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
            {
                faults.Add(new(name, "is larger than 256 MiB", "simplify the polygons"));
                return [];
            }

            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return Areas(document.RootElement, name, faults);
        }
        catch (JsonException broken)
        {
            faults.Add(new($"{name}:{broken.LineNumber + 1}", "is not JSON", "correct the file"));
        }
        catch (InvalidOperationException)
        {
            // The bytes inside of strings are looked at only when a string is read.
            faults.Add(new(name, "has text that is not UTF-8", "save the file as UTF-8"));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            faults.Add(new(name, $"cannot be read: {trouble.Message}", "check the path and its rights"));
        }

        return [];
    }

    private static ImmutableArray<AreaOfInterest> Areas(JsonElement root, string name, List<RuleFault> faults)
    {
        var type = TextOf(root, "type");
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("crs", out _))
        {
            faults.Add(new(name, "has the member crs", "give longitude and latitude (WGS 84) and leave crs out"));
        }

        if (type == "Feature")
        {
            return [.. new[] { Area(root, name, faults) }.OfType<AreaOfInterest>()];
        }

        if (type != "FeatureCollection" || !root.TryGetProperty("features", out var features)
            || features.ValueKind != JsonValueKind.Array)
        {
            faults.Add(new(name, "is no FeatureCollection", "give a FeatureCollection of polygons"));
            return [];
        }

        if (features.GetArrayLength() is 0 or > MaxAreas)
        {
            faults.Add(new(name, $"has {features.GetArrayLength()} features", $"give 1 to {MaxAreas}"));
            return [];
        }

        var (areas, seen, number) = (ImmutableArray.CreateBuilder<AreaOfInterest>(), new HashSet<AreaId>(), 0);
        foreach (var feature in features.EnumerateArray())
        {
            var where = $"{name} features[{number++}]";
            if (Area(feature, where, faults) is not { } area)
            {
                continue;
            }

            if (!seen.Add(area.Id))
            {
                faults.Add(new(where, $"has the id '{area.Id}' of another", "give each area an id of its own"));
            }

            areas.Add(area);
        }

        return areas.ToImmutable();
    }

    private static AreaOfInterest? Area(JsonElement feature, string where, List<RuleFault> faults)
    {
        if (TextOf(feature, "type") != "Feature")
        {
            faults.Add(new(where, "is no Feature", "give Features only"));
            return null;
        }

        var before = faults.Count;
        var properties = feature.TryGetProperty("properties", out var found) ? found : default;
        var text = TextOf(feature, "id") ?? TextOf(properties, "id");
        if (!AreaId.TryParse(text, out var id))
        {
            faults.Add(new(where, text is null ? "has no id" : $"has the id '{text}'", $"use {TopicLevel.Rule}"));
        }

        var geometry = feature.TryGetProperty("geometry", out var shape) ? shape : default;
        var polygons = AreaGeometry.Polygons(geometry, where, faults);
        var name = NameOf(properties, where, faults);
        return faults.Count > before ? null : new(id, name ?? id.Value, polygons);
    }

    // Null for an area without a name, which is called by its id. What nobody can read would stand in every message.
    private static string? NameOf(JsonElement properties, string where, List<RuleFault> faults)
    {
        var name = TextOf(properties, "name");
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        if (name.Length > MaxNameLength)
        {
            faults.Add(new(where, $"has a name of {name.Length} characters", $"use at most {MaxNameLength}"));
        }
        else if (!name.EnumerateRunes().Any(IsSeen))
        {
            faults.Add(new(where, "has a name of which nothing can be seen", "give it a name, or none"));
        }

        return name;
    }

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    internal static string? TextOf(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }
}
