using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Packs;

/// <summary>Reads <c>model.json</c>: a STAC Item's properties with the fields of MLM 1.4, and ours where MLM has
/// none.</summary>
internal static class PackReader
{
    private const int MostFileBytes = 4 << 20;

    /// <summary>Reads a file; null where it cannot be understood at all. Every fault is noted.</summary>
    public static PackDescription? Read(string path, List<string> faults)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > MostFileBytes)
            {
                faults.Add(file.Exists ? $"model.json has {file.Length} bytes; at most {MostFileBytes} are read"
                    : "model.json is missing");
                return null;
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var found = new List<string>();
            var read = Item(new PackField(document.RootElement, string.Empty, found));
            faults.AddRange(found.Select(fault => $"model.json: {fault}"));
            return read;
        }
        catch (JsonException fault)
        {
            faults.Add($"model.json is no JSON, see line {fault.LineNumber + 1}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The reason goes to the caller with the other faults.
            faults.Add($"model.json cannot be read: {fault.Message}");
        }

        return null;
    }

    private static PackDescription Item(PackField item)
    {
        var properties = item["properties"];
        properties.OnlyKnows("spex:kind", "spex:tiling");
        var input = InputReader.Read(One(properties["mlm:input"], "one input"));
        var output = OutputReader.Read(One(properties["mlm:output"], "one output"));
        var tiling = TilingReader.Read(properties["spex:tiling"], input);
        var (graph, hash) = AssetReader.Read(item["assets"]["model"]);
        return new PackDescription
        {
            Name = properties["mlm:name"].Text(),
            Version = properties["version"].Text(),
            Architecture = properties["mlm:architecture"].Text(),
            Tasks = Tasks(properties["mlm:tasks"]),
            Input = input,
            Output = output,
            Tiling = tiling,
            GraphFile = graph,
            GraphSha256 = hash,
        };
    }

    private static ImmutableArray<string> Tasks(PackField field)
    {
        ImmutableArray<string> tasks = [.. field.List(1, 16, "a list of tasks").Select(task => task.Text())];
        if (tasks.Length > 0 && !tasks.Contains("semantic-segmentation"))
        {
            field.Fault("does not name semantic-segmentation; other models give no masks");
        }

        return tasks;
    }

    private static PackField One(PackField field, string takes) =>
        field.List(1, 1, $"a list of {takes}") is [var only] ? only : field["[0]"];

    /// <summary>The type of a tensor's elements.</summary>
    internal static ElementType TypeOf(PackField field) =>
        field.Word(null, "float32", "float16") == "float16" ? ElementType.Float16 : ElementType.Float32;
}
