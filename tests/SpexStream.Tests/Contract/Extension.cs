using System.Text.Json.Nodes;

namespace SpexStream.Tests.Contract;

/// <summary>Whether something new still holds all that something old promised.</summary>
internal static class Extension
{
    /// <summary>Promises of an older schema that a newer one breaks: members that are gone or no longer always there,
    /// other types, other words. New words are allowed, for readers must expect them.</summary>
    public static IEnumerable<string> Faults(JsonNode? older, JsonNode? newer, string path)
    {
        if (older is null)
        {
            yield break;
        }

        foreach (var name in new[] { "type", "const", "pattern", "format" })
        {
            if (!JsonNode.DeepEquals(older[name], newer?[name]))
            {
                yield return $"{path}: {name} was {older[name]?.ToJsonString()}, is {newer?[name]?.ToJsonString()}";
            }
        }

        foreach (var name in new[] { "required", "enum" })
        {
            foreach (var entry in ((JsonArray?)older[name] ?? []).Where(entry => !Has(newer?[name], entry)))
            {
                yield return $"{path}: {entry} is gone from {name}";
            }
        }

        foreach (var (name, shape) in older["properties"]?.AsObject() ?? [])
        {
            foreach (var fault in newer?["properties"]?[name] is { } member
                ? Faults(shape, member, $"{path}.{name}") : [$"{path}.{name} is gone"])
            {
                yield return fault;
            }
        }

        foreach (var name in new[] { "items", "additionalProperties" })
        {
            foreach (var fault in Faults(older[name], newer?[name], $"{path}.{name}"))
            {
                yield return fault;
            }
        }
    }

    /// <summary>What a message said that its newer form does not.</summary>
    public static IEnumerable<string> Lost(JsonNode? older, JsonNode? newer, string path)
    {
        if (older is JsonObject members && newer is JsonObject next)
        {
            return members.SelectMany(member => next.ContainsKey(member.Key)
                ? Lost(member.Value, next[member.Key], $"{path}.{member.Key}") : [$"{path}.{member.Key} is gone"]);
        }

        return older is JsonArray items && newer is JsonArray others && items.Count == others.Count
            ? items.SelectMany((item, i) => Lost(item, others[i], $"{path}[{i}]"))
            : JsonNode.DeepEquals(older, newer) ? []
            : [$"{path} was {older?.ToJsonString()}, is {newer?.ToJsonString()}"];
    }

    private static bool Has(JsonNode? list, JsonNode? entry) =>
        ((JsonArray?)list ?? []).Any(other => JsonNode.DeepEquals(other, entry));
}
