using Google.Protobuf;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Packs;

/// <summary>Holds a graph against its description before any runtime sees it.</summary>
internal static class GraphCheck
{
    // What protobuf itself allows of one message; larger weights lie in files beside the graph.
    private const long MostBytes = int.MaxValue;

    /// <summary>Reads the graph; null where it is none. Every fault is noted.</summary>
    public static ModelProto? Read(string path, List<string> faults)
    {
        var name = Path.GetFileName(path);
        var file = new FileInfo(path);
        if (!file.Exists || file.Length is 0 or > MostBytes)
        {
            faults.Add(!file.Exists
                ? $"{name} is missing; assets.model.href names it"
                : $"{name} has {file.Length} bytes; 1 to {MostBytes} are read");
            return null;
        }

        try
        {
            using var stream = File.OpenRead(path);
            var model = ModelProto.Parser.ParseFrom(stream);
            if (model.Graph is { Node.Count: > 0 } && model.OpsetImport.Count > 0)
            {
                return model;
            }

            faults.Add($"{name} is no ONNX model: it has no graph");
        }
        catch (InvalidProtocolBufferException)
        {
            faults.Add($"{name} is no ONNX model");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The reason goes to the caller with the other faults.
            faults.Add($"{name} cannot be read: {fault.Message}");
        }

        return null;
    }

    /// <summary>Compares inputs and outputs with what the description says.</summary>
    public static void Compare(GraphProto graph, PackDescription pack, List<string> faults)
    {
        var weights = graph.Initializer.Select(weight => weight.Name).ToHashSet(StringComparer.Ordinal);
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !weights.Contains(input.Name))];
        if (inputs is [var only] && only.Name == pack.Input.Name)
        {
            Compare(only, "input", pack.Input.Type,
                [pack.Input.Batch, pack.Input.Bands.Length, pack.Input.Edge, pack.Input.Edge], faults);
        }
        else
        {
            faults.Add($"the graph's inputs are {Names(inputs)}; model.json names one, '{pack.Input.Name}'");
        }

        if (graph.Output.FirstOrDefault(output => output.Name == pack.Output.Name) is { } result)
        {
            Compare(result, "output", pack.Output.Type, [null, pack.Output.Classes.Length, null, null], faults);
        }
        else
        {
            faults.Add($"the graph's outputs are {Names(graph.Output)}; model.json names '{pack.Output.Name}'");
        }
    }

    private static void Compare(
        ValueInfoProto value, string kind, ElementType type, int?[] expected, List<string> faults)
    {
        var tensor = value.Type?.TensorType;
        if (tensor is null || tensor.ElemType != (int)type)
        {
            var found = tensor is null ? "no tensor" : $"of type {(ElementType)tensor.ElemType}";
            faults.Add($"the graph's {kind} '{value.Name}' is {found}; model.json says {type}");
        }

        // Many exporters leave the shape of an output out; it is checked when the model first runs.
        if (tensor?.Shape is not { } shape)
        {
            return;
        }

        var lengths = shape.Dim.Select(
            axis => axis.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue
            ? axis.DimValue : (long?)null).ToArray();
        var fits = lengths.Length == expected.Length && lengths.Zip(expected).All(pair =>
            pair.First is null || pair.First == pair.Second || (pair.Second is null && kind == "output"));
        if (!fits)
        {
            faults.Add(
                $"the graph's {kind} '{value.Name}' has the shape {Shown(lengths)}; model.json says "
                + Shown(expected.Select(length => (long?)length)));
        }
    }

    private static string Shown(IEnumerable<long?> lengths) =>
        $"[{string.Join(", ", lengths.Select(length => length ?? -1))}]";

    private static string Names(IEnumerable<ValueInfoProto> values) =>
        string.Join(", ", values.Select(value => $"'{value.Name}'").DefaultIfEmpty("none"));
}
