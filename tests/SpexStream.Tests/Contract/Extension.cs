using System.Text.Json.Nodes;

namespace SpexStream.Tests.Contract;

/// <summary>Whether something new still holds all that something old promised.</summary>
internal static class Extension
{
    // What only explains.
    private static readonly string[] Words = ["description", "title", "$schema", "$id", "$comment", "examples"];

    // What has its own rule below.
    private static readonly string[] Judged = ["properties", "required", "enum", "items", "additionalProperties"];

    /// <summary>
    /// Promises of an older schema that a newer one breaks. Members may be added that need not be there, and words, for
    /// readers must expect them. All else stays as it is: what is less tight breaks readers, and what is tighter makes
    /// messages wrong that were right when they were sent.
    /// </summary>
    public static IEnumerable<string> Faults(JsonNode? older, JsonNode? newer, string path)
    {
        if (older is not JsonObject before || newer is not JsonObject after)
        {
            return JsonNode.DeepEquals(older, newer) ? [] : [$"{path} was {Text(older)}, is {Text(newer)}"];
        }

        return Rules(before, after, path).Concat(Required(before, after, path)).Concat(Enumerated(before, after, path))
            .Concat(Members(before, after, path)).Concat(Rest(before, after, path));
    }

    /// <summary>What a message said that its newer form does not; members of some names are passed over.</summary>
    public static IEnumerable<string> Lost(
        JsonNode? older, JsonNode? newer, string path, params IReadOnlyCollection<string> except)
    {
        if (older is JsonObject members && newer is JsonObject next)
        {
            return members.Where(member => !except.Contains(member.Key)).SelectMany(member =>
                next.ContainsKey(member.Key)
                    ? Lost(member.Value, next[member.Key], $"{path}.{member.Key}", except)
                    : [$"{path}.{member.Key} is gone"]);
        }

        return older is JsonArray items && newer is JsonArray others && items.Count == others.Count
            ? items.SelectMany((item, i) => Lost(item, others[i], $"{path}[{i}]", except))
            : JsonNode.DeepEquals(older, newer) ? [] : [$"{path} was {Text(older)}, is {Text(newer)}"];
    }

    // Type, const, pattern, format, minimum, maximum, maxLength and whatever else JSON Schema has, in both directions.
    private static IEnumerable<string> Rules(JsonObject older, JsonObject newer, string path) => older.Concat(newer)
        .Select(rule => rule.Key).Distinct().Except(Words).Except(Judged)
        .Where(name => !JsonNode.DeepEquals(older[name], newer[name]))
        .Select(name => $"{path}: {name} was {Text(older[name])}, is {Text(newer[name])}");

    private static IEnumerable<string> Required(JsonObject older, JsonObject newer, string path)
    {
        var (before, after) = (Entries(older["required"]), Entries(newer["required"]));
        return before.Except(after).Select(name => $"{path}: {name} is gone from required")
            .Concat(after.Except(before).Select(name => $"{path}: {name} is newly required"));
    }

    private static IEnumerable<string> Enumerated(JsonObject older, JsonObject newer, string path)
    {
        if (older.ContainsKey("enum") != newer.ContainsKey("enum"))
        {
            return [$"{path}: enum was {Text(older["enum"])}, is {Text(newer["enum"])}"];
        }

        return Entries(older["enum"]).Except(Entries(newer["enum"]))
            .Select(word => $"{path}: {word} is gone from enum");
    }

    private static IEnumerable<string> Members(JsonObject older, JsonObject newer, string path) =>
        (older["properties"]?.AsObject() ?? []).SelectMany(member => newer["properties"]?[member.Key] is { } shape
            ? Faults(member.Value, shape, $"{path}.{member.Key}") : [$"{path}.{member.Key} is gone"]);

    // Of all members that are not named, and of all items. Where nothing is said everything is allowed.
    private static IEnumerable<string> Rest(JsonObject older, JsonObject newer, string path) =>
        new[] { "items", "additionalProperties" }
            .Where(name => older.ContainsKey(name) || newer.ContainsKey(name))
            .SelectMany(name => Faults(Open(older[name]), Open(newer[name]), $"{path}.{name}"));

    private static JsonNode Open(JsonNode? shape) =>
        shape is null || (shape is JsonValue value && value.TryGetValue<bool>(out var all) && all)
            ? new JsonObject() : shape;

    private static string[] Entries(JsonNode? list) => [.. ((JsonArray?)list ?? []).Select(Text)];

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "missing";
}
