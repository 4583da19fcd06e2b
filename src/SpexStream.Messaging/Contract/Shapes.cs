using System.Text.Json.Nodes;
using SpexStream.Domain.Identity;

namespace SpexStream.Messaging.Contract;

/// <summary>Pieces of JSON Schema (draft 2020-12). Objects may hold more than is said here, for a message is only ever
/// extended.</summary>
internal static class Shapes
{
    private const string IdPattern = "^[a-z0-9][a-z0-9._-]{0,99}$";

    /// <summary>Any text.</summary>
    public static JsonObject Text(string? says = null) => Of("string", says);

    /// <summary>An id by <see cref="TopicLevel.Rule"/>.</summary>
    public static JsonObject Id(string? says = null) => With(Of("string", says), "pattern", IdPattern);

    /// <summary>Lower-case hex digits.</summary>
    public static JsonObject Hex(int digits, string? says = null) =>
        With(Of("string", says), "pattern", $"^[0-9a-f]{{{digits}}}$");

    /// <summary>One of few words.</summary>
    public static JsonObject Word(IEnumerable<string> words, string? says = null) =>
        With(Of("string", says), "enum", new JsonArray([.. words.Select(word => (JsonNode)word)]));

    /// <summary>The names of an enumeration, each by its own word.</summary>
    public static JsonObject Word<TEnum>(Func<TEnum, string> word, string? says = null)
        where TEnum : struct, Enum => Word(Enum.GetValues<TEnum>().Select(word), says);

    /// <summary>RFC 3339 in UTC, ending in Z.</summary>
    public static JsonObject Time(string? says = null) =>
        With(With(Of("string", says), "format", "date-time"), "pattern", "Z$");

    /// <summary>A number.</summary>
    public static JsonObject Number(string? says = null, double? least = null, double? most = null)
    {
        var shape = Of("number", says);
        if (least is { } minimum)
        {
            shape["minimum"] = minimum;
        }

        if (most is { } maximum)
        {
            shape["maximum"] = maximum;
        }

        return shape;
    }

    /// <summary>A whole number.</summary>
    public static JsonObject Integer(string? says = null, long least = 0) =>
        With(Of("integer", says), "minimum", least);

    /// <summary>A truth value.</summary>
    public static JsonObject Flag(string? says = null) => Of("boolean", says);

    /// <summary>A list.</summary>
    public static JsonObject List(JsonObject items, string? says = null) => With(Of("array", says), "items", items);

    /// <summary>An object with these members, and perhaps others.</summary>
    public static JsonObject Thing(params IReadOnlyList<Member> members)
    {
        var shape = Of("object", null);
        shape["required"] = new JsonArray([.. members.Where(m => m.IsRequired).Select(m => (JsonNode)m.Name)]);
        shape["properties"] = new JsonObject(members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Shape)));
        return shape;
    }

    /// <summary>An object whose members have names of their own and all hold the same.</summary>
    public static JsonObject Map(JsonObject values, string? says = null) =>
        With(Of("object", says), "additionalProperties", values);

    /// <summary>The same, or null.</summary>
    public static JsonObject OrNull(JsonObject shape)
    {
        shape["type"] = new JsonArray(shape["type"]!.GetValue<string>(), "null");
        return shape;
    }

    /// <summary>Exactly this text.</summary>
    public static JsonObject Exactly(string text) => new() { ["const"] = text };

    private static JsonObject Of(string type, string? says)
    {
        var shape = new JsonObject { ["type"] = type };
        if (says is not null)
        {
            shape["description"] = says;
        }

        return shape;
    }

    private static JsonObject With(JsonObject shape, string name, JsonNode value)
    {
        shape[name] = value;
        return shape;
    }
}
