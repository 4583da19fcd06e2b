using System.Text.Json.Nodes;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Messaging.Contract;
using SpexStream.Messaging.Wire.Alerts;
using SpexStream.Messaging.Wire.Outgoing;
using SpexStream.Tests.Alerts;
using SpexStream.Tests.Wire;
using Xunit;

namespace SpexStream.Tests.Contract;

/// <summary>
/// What subscribers were promised. Whatever was released stays: a schema only gains members, a message only gains what
/// its readers pass over. SPEX_WRITE_CONTRACT=1 writes the documents anew, and golden files that are missing.
/// </summary>
public sealed class ContractTests
{
    private static readonly string Documents = Path.Combine(Architecture.Repository.Root, "docs/asyncapi");
    private static readonly string Released =
        Path.Combine(Architecture.Repository.Root, "tests/SpexStream.Tests/Contract/released-1");

    // A switch of the one who writes them, not of the program.
#pragma warning disable RS0030
    private static readonly bool Writes = Environment.GetEnvironmentVariable("SPEX_WRITE_CONTRACT") == "1";
#pragma warning restore RS0030

    private static readonly Dictionary<string, OutgoingMessage> Samples =
        All().ToDictionary(message => message.EventType);

    public static TheoryData<string> Types() => [.. ContractDocuments.Messages
        .Where(message => message.Schema is not null).Select(message => message.Type)];

    [Fact]
    public void The_documents_are_those_of_the_code()
    {
        var documents = ContractDocuments.Render();
        if (Writes)
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
        var (schema, golden) = (
            Path.Combine(Released, $"{contract.Name}.schema.json"), Path.Combine(Released, $"{contract.Name}.json"));
        if (Writes && !File.Exists(golden))
        {
            Directory.CreateDirectory(Released);
            File.WriteAllText(schema, ContractDocuments.Render()[$"schemas/{contract.Name}.json"]);
            File.WriteAllText(golden, JsonNode.Parse(Samples[type].Payload.Span)!.ToJsonString() + "\n");
        }

        Assert.Empty(Extension.Faults(JsonNode.Parse(File.ReadAllText(schema)), contract.Schema, type));
        var message = JsonNode.Parse(File.ReadAllText(golden));
        Assert.Empty(Extension.Lost(message, JsonNode.Parse(Samples[type].Payload.Span), type));
        Assert.Empty(ContractCheck.Faults(contract.Schema!, message, type));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref"
            ? [member.Value!.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static IEnumerable<OutgoingMessage> All()
    {
        var (closed, context) = (Sample.Closed(), Sample.Context);
        yield return SceneMessage.Encode(closed with { Kind = SceneNoticeKind.Opened, Reason = null }, context);
        yield return SceneMessage.Encode(closed with { Kind = SceneNoticeKind.Closed }, context);
        yield return SceneMessage.Encode(closed with { Kind = SceneNoticeKind.Revised }, context);
        foreach (var change in new[] { ProductChange.Created, ProductChange.Updated })
        {
            yield return MaskMessage.Encode(
                Sample.Product() with { Change = change }, LandCoverClass.Water, context);
        }

        yield return MaskDeletionMessage.Encode(
            Journal.SampleFacts.Opened().Scene, new WithdrawnProduct(1, "/out/x", [LandCoverClass.Water], "wrong"),
            LandCoverClass.Water, "spexstream-land-cover", context);
        yield return ObservationMessage.Encode(Sample.Region(), context);
        yield return SceneProgressMessage.Encode(StateTests.Progress, context);
        yield return NodeStatusMessage.Encode(StateTests.Node, context);
        yield return StripRefusalMessage.Encode(DeadLetterTests.Refusal, context);
        yield return DeadLetterMessage.Encode(DeadLetterTests.Letter, context);
        var area = Places.Area("meadow", Places.Box(13, 53, 13.1, 53.05));
        foreach (var transition in new[]
            { AlertTransition.Raised, AlertTransition.Updated, AlertTransition.Cleared, AlertTransition.Cancelled })
        {
            yield return AlertMessage.Encode(
                AlertMessageTests.Confirmed(area) with { Transition = transition, Reason = "wrong" }, area, context);
        }

        yield return AlertMessage.EncodeState(AlertMessageTests.Confirmed(area), area, context);
    }
}
