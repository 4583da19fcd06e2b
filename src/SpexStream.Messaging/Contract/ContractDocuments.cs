using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SpexStream.Messaging.Wire.Envelope;

namespace SpexStream.Messaging.Contract;

/// <summary>The contract with subscribers as documents: AsyncAPI 3.0 and one JSON Schema per message.</summary>
public static partial class ContractDocuments
{
    private const string Draft = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Every kind of message that a station sends.</summary>
    public static ImmutableArray<MessageContract> Messages { get; } =
    [
        .. SceneContracts.All(), .. ProductContracts.All(), .. AlertContracts.All(), .. CapContracts.All(),
        .. RefusalContracts.All(),
    ];

    /// <summary>The documents by their path below the folder of the contract.</summary>
    public static ImmutableSortedDictionary<string, string> Render()
    {
        var documents = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        documents["asyncapi.json"] = Text(AsyncApi());
        foreach (var message in Messages.Where(message => message.Schema is not null))
        {
            var schema = new JsonObject
            {
                ["$schema"] = Draft,
                ["title"] = message.Type,
                ["description"] = message.Says,
            };
            foreach (var (name, value) in message.Schema!)
            {
                schema[name] = value?.DeepClone();
            }

            documents[$"schemas/{message.Name}.json"] = Text(schema);
        }

        return documents.ToImmutable();
    }

    private static JsonObject AsyncApi()
    {
        var (channels, operations, messages) = (new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var group in Messages.GroupBy(message => message.Address))
        {
            var name = Key(group.Key);
            channels[name] = Channel(group.Key, group);
            operations[$"send-{name}"] = new JsonObject
            {
                ["action"] = "send",
                ["channel"] = Reference($"channels/{name}"),
                ["bindings"] = new JsonObject
                {
                    ["mqtt"] = new JsonObject
                    {
                        ["qos"] = Delivery.Qos,
                        ["retain"] = group.First().Retain,
                        ["bindingVersion"] = "0.2.0",
                    },
                },
            };
            foreach (var message in group)
            {
                messages[MessageKey(message)] = Message(message);
            }
        }

        return new()
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "SpexStream",
                ["version"] = "1.0.0",
                ["description"] = "What a station says to its subscribers. Every message is a CloudEvent 1.0.2 over "
                    + "MQTT 5 in binary mode, of at most 8192 bytes. Messages are only ever extended.",
            },
            ["defaultContentType"] = MediaTypes.GeoJson,
            ["channels"] = channels,
            ["operations"] = operations,
            ["components"] = new JsonObject { ["messages"] = messages },
        };
    }

    private static JsonObject Channel(string address, IEnumerable<MessageContract> messages)
    {
        var full = $"spex/a/{{station}}/{address}";
        return new()
        {
            ["address"] = full,
            ["messages"] = new JsonObject(messages.Select(message => KeyValuePair.Create(
                MessageKey(message), (JsonNode?)Reference($"components/messages/{MessageKey(message)}")))),
            ["parameters"] = new JsonObject(Parameter().Matches(full).Select(match => KeyValuePair.Create(
                match.Groups[1].Value, (JsonNode?)new JsonObject { ["description"] = "One level of the topic" }))),
        };
    }

    private static JsonObject Message(MessageContract message)
    {
        var described = new JsonObject
        {
            ["name"] = message.Type,
            ["summary"] = message.Says,
            ["contentType"] = message.ContentType,
            ["headers"] = Headers(message.Type),
        };
        if (message.Schema is not null)
        {
            described["payload"] = new JsonObject { ["$ref"] = $"schemas/{message.Name}.json" };
        }

        if (message.ExpirySeconds is { } seconds)
        {
            described["x-message-expiry-seconds"] = seconds;
        }

        return described;
    }

    private static JsonObject Headers(string type) => Shapes.Thing(
        new("specversion", Shapes.Exactly("1.0")), new("id", Shapes.Hex(32)), new("source", Shapes.Text()),
        new("type", Shapes.Exactly(type)), new("subject", Shapes.Text()), new("time", Shapes.Time()),
        new("dataid", Shapes.Text()));

    private static JsonObject Reference(string path) => new() { ["$ref"] = $"#/{path}" };

    private static string MessageKey(MessageContract message) =>
        Key(message.ContentType == MediaTypes.Cap ? $"cap-{message.Name}" : message.Name);

    private static string Key(string text) => Other().Replace(text, "-").Trim('-');

    private static string Text(JsonObject document) => document.ToJsonString(Readable) + "\n";

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
