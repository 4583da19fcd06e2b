using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SpexStream.Messaging.Contract;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Tests.Wire;

namespace SpexStream.Tests.Contract;

/// <summary>
/// Holds messages against their JSON Schemas, as far as those go, and stricter in one place: a member that the schema
/// does not name is a fault, for then the contract does not tell all.
/// </summary>
internal static class ContractCheck
{
    private static readonly Dictionary<string, MessageContract> BySchema = ContractDocuments.Messages
        .Where(message => message.Schema is not null).ToDictionary(message => message.Type);

    /// <summary>What is wrong with a message that a station has sent; messages to it are passed over.</summary>
    public static IEnumerable<string> Faults(
        string topic, string? type, string? contentType, ReadOnlyMemory<byte> payload)
    {
        var levels = topic.Split('/');
        if (payload.IsEmpty || levels.Length < 4 || levels[3] is not ("out" or "state" or "dlq")
            || contentType?.StartsWith("application/cloudevents", StringComparison.Ordinal) == true)
        {
            return [];
        }

        var below = string.Join('/', levels[3..]);
        var known = ContractDocuments.Messages.FirstOrDefault(
            message => message.Type == type && message.ContentType == contentType && IsAt(message.Address, below));
        return known is null ? [$"{topic}: nobody promised a {type} of {contentType} there"]
            : known.ContentType == MediaTypes.Cap ? Cap(payload, topic)
            : known.Schema is null ? []
            : Faults(BySchema[known.Type].Schema!, JsonNode.Parse(payload.Span), type!);
    }

    /// <summary>What is wrong with a value.</summary>
    public static IEnumerable<string> Faults(JsonNode shape, JsonNode? value, string path)
    {
        var faults = new List<string>();
        Check((JsonObject)shape, value, path, faults);
        return faults;
    }

    private static List<string> Cap(ReadOnlyMemory<byte> payload, string topic)
    {
        var faults = new List<string>();
        CapChecker.Read(payload, faults);
        return [.. faults.Select(fault => $"{topic}: {fault}")];
    }

    private static void Check(JsonObject shape, JsonNode? value, string path, List<string> faults)
    {
        if (shape["const"] is { } only && !JsonNode.DeepEquals(only, value))
        {
            faults.Add($"{path} is {value?.ToJsonString()}, not {only.ToJsonString()}");
        }

        if (shape["type"] is { } type && !Types(type).Any(name => IsOf(name, value)))
        {
            faults.Add($"{path} is {value?.ToJsonString() ?? "null"}, no {type.ToJsonString()}");
            return;
        }

        if (shape["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
        {
            faults.Add($"{path} is {value?.ToJsonString()}, none of {words.ToJsonString()}");
        }

        switch (value)
        {
            case JsonObject members:
                CheckMembers(shape, members, path, faults);
                break;
            case JsonArray items when shape["items"] is JsonObject item:
                for (var i = 0; i < items.Count; i++)
                {
                    Check(item, items[i], $"{path}[{i}]", faults);
                }

                break;
            case JsonValue single:
                CheckValue(shape, single, path, faults);
                break;
        }
    }

    private static void CheckMembers(JsonObject shape, JsonObject members, string path, List<string> faults)
    {
        faults.AddRange(((JsonArray?)shape["required"] ?? [])
            .Where(name => !members.ContainsKey(name!.GetValue<string>())).Select(name => $"{path}.{name} is missing"));
        foreach (var (name, member) in members)
        {
            if ((shape["properties"]?[name] ?? shape["additionalProperties"]) is JsonObject known)
            {
                Check(known, member, $"{path}.{name}", faults);
            }
            else if (shape.ContainsKey("properties"))
            {
                faults.Add($"{path}.{name} is not told by the contract");
            }
        }
    }

    private static void CheckValue(JsonObject shape, JsonValue value, string path, List<string> faults)
    {
        if (shape["pattern"]?.GetValue<string>() is { } pattern && !Regex.IsMatch(value.GetValue<string>(), pattern))
        {
            faults.Add($"{path} is {value.ToJsonString()}, which does not fit {pattern}");
        }

        if (shape["format"] is not null && !DateTimeOffset.TryParse(
            value.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            faults.Add($"{path} is {value.ToJsonString()}, no time");
        }

        if ((shape["minimum"] is { } least && Number(value) < Number(least))
            || (shape["maximum"] is { } most && Number(value) > Number(most)))
        {
            faults.Add($"{path} is {value.ToJsonString()}, out of range");
        }
    }

    // What was made in memory keeps its own type of number; as text all are the same.
    private static double Number(JsonNode value) =>
        double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsAt(string address, string topic)
    {
        var (wanted, found) = (address.Split('/'), topic.Split('/'));
        return wanted.Length == found.Length
            && wanted.Zip(found).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray several
        ? several.Select(name => name!.GetValue<string>()) : [type.GetValue<string>()];

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "boolean" => value?.GetValueKind()
            is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "number" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number
            && Number(value) == Math.Floor(Number(value)),
        _ => false,
    };
}
