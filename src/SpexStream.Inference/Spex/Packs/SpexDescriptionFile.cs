using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Spex.Packs;

/// <summary>Reads and writes the <c>model.json</c> of a SPEX pack.</summary>
internal static class SpexDescriptionFile
{
    private const string KindField = "spex:kind";
    private const string ModelField = "spex:model";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static void Write(string path, SpexDescription description)
    {
        var item = new JsonObject
        {
            ["stac_extensions"] = new JsonArray("https://stac-extensions.github.io/mlm/v1.4.0/schema.json"),
            ["properties"] = new JsonObject
            {
                [KindField] = SpexPackFiles.Kind,
                ["mlm:name"] = description.Name,
                ["mlm:architecture"] = "SPEX: InternImage, Qwen2, mask decoder of Segment Anything",
                ["mlm:tasks"] = new JsonArray("semantic-segmentation", "multi-modal"),
                ["version"] = description.Version,
                [ModelField] = JsonSerializer.SerializeToNode(description, Options),
            },
        };
        File.WriteAllText(path, item.ToJsonString(Options) + "\n");
    }

    /// <summary>Reads a description.</summary>
    /// <exception cref="ModelRefusedException">It is missing, damaged, or of another kind.</exception>
    public static SpexDescription Read(string folder)
    {
        try
        {
            var properties = JsonNode.Parse(
                File.ReadAllBytes(Path.Combine(folder, SpexPackFiles.Description)))?["properties"];
            return (string?)properties?[KindField] == SpexPackFiles.Kind
                ? properties[ModelField].Deserialize<SpexDescription>(Options)
                    ?? throw new ModelRefusedException(folder, [$"model.json: properties.{ModelField} is missing"])
                : throw new ModelRefusedException(
                    folder, [$"model.json: properties.{KindField} is not '{SpexPackFiles.Kind}'"]);
        }
        catch (Exception fault) when (
            fault is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new ModelRefusedException(folder, [$"model.json cannot be used: {fault.Message}"], fault);
        }
    }
}
