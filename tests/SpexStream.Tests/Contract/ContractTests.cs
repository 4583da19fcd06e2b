using System.Text.Json.Nodes;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Contract;
using Xunit;

namespace SpexStream.Tests.Contract;

/// <summary>
/// What subscribers were promised. Whatever was released stays: a schema only gains members, a message only gains what
/// its readers pass over. SPEX_WRITE_CONTRACT=1 writes the documents anew, and golden files that are missing.
/// </summary>
public sealed class ContractTests
{
    private static readonly string Documents = Path.Combine(Architecture.Repository.Root, "docs/asyncapi");
    private static readonly Dictionary<string, OutgoingMessage> Samples =
        ContractSamples.Json().ToDictionary(message => message.EventType);

    public static TheoryData<string> Types() => [.. ContractDocuments.Messages
        .Where(message => message.Schema is not null).Select(message => message.Type)];

    [Fact]
    public void The_documents_are_those_of_the_code()
    {
        var documents = ContractDocuments.Render();
        if (ReleasedFiles.Writes)
        {
            foreach (var (name, text) in documents)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Documents, name))!);
                File.WriteAllText(Path.Combine(Documents, name), text);
            }
        }

        Assert.Equal(
            documents.Keys, Directory.EnumerateFiles(Documents, "*.json", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Documents, path)).Order(StringComparer.Ordinal));
        Assert.All(documents, document => Assert.Equal(
            document.Value, File.ReadAllText(Path.Combine(Documents, document.Key))));
    }

    [Fact]
    public void Every_reference_of_the_documents_leads_somewhere()
    {
        var root = JsonNode.Parse(File.ReadAllText(Path.Combine(Documents, "asyncapi.json")))!;
        Assert.Equal("3.0.0", root["asyncapi"]!.GetValue<string>());
        foreach (var reference in References(root))
        {
            if (reference.StartsWith("#/", StringComparison.Ordinal))
            {
                Assert.NotNull(reference[2..].Split('/').Aggregate((JsonNode?)root, (node, name) => node?[name]));
            }
            else
            {
                Assert.True(File.Exists(Path.Combine(Documents, reference)), reference);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_keeps_its_schema(string type)
    {
        var sample = Samples[type];
        Assert.Empty(ContractCheck.Faults(sample.Topic, sample.EventType, sample.ContentType, sample.Payload));
        var contract = ContractDocuments.Messages.First(message => message.Type == type);
        Assert.Equal(contract.Retain, sample.Retain);
        Assert.True(contract.ExpirySeconds is not { } seconds || sample.Expiry == TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_that_breaks_its_schema_is_found(string type)
    {
        var broken = JsonNode.Parse(Samples[type].Payload.Span)!.AsObject();
        var name = ((JsonArray)ContractDocuments.Messages.First(m => m.Type == type).Schema!["required"]!)[0]!;
        broken.Remove(name.GetValue<string>());
        broken["surprise"] = 1;
        Assert.Equal(2, ContractCheck.Faults(
            ContractDocuments.Messages.First(m => m.Type == type).Schema!, broken, type).Count());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void What_was_released_is_only_extended(string type)
    {
        var contract = ContractDocuments.Messages.First(message => message.Type == type);
        var schema = ReleasedFiles.Read(
            $"{contract.Name}.schema.json", ContractDocuments.Render()[$"schemas/{contract.Name}.json"]);
        Assert.Empty(Extension.Faults(JsonNode.Parse(schema), contract.Schema, type));
        var message = JsonNode.Parse(ReleasedFiles.Read(
            $"{contract.Name}.json", JsonNode.Parse(Samples[type].Payload.Span)!.ToJsonString() + "\n"));
        Assert.Empty(Extension.Lost(message, JsonNode.Parse(Samples[type].Payload.Span), type));
        Assert.Empty(ContractCheck.Faults(contract.Schema!, message, type));
    }

    [Fact]
    public void Every_message_of_the_documents_has_a_released_form_and_no_form_has_lost_its_message()
    {
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(Documents, "asyncapi.json")))!;
        var names = document["components"]!["messages"]!.AsObject().Select(message => message.Value!)
            .SelectMany(message => ReleasedFiles.NamesOf(
                (string)message["name"]!, (string)message["contentType"]!));
        Assert.Equal(names.Append("asyncapi.json").Order(StringComparer.Ordinal), ReleasedFiles.Names);
    }

    [Fact]
    public void Topics_and_how_messages_are_sent_stay_as_they_were_released()
    {
        var now = ContractDocuments.Render()["asyncapi.json"];
        var released = JsonNode.Parse(ReleasedFiles.Read("asyncapi.json", now));
        Assert.Empty(Extension.Lost(released, JsonNode.Parse(now), "asyncapi", ["description", "summary", "version"]));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref"
            ? [member.Value!.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
