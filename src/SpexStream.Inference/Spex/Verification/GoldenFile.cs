using System.Text.Json;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Checkpoint;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>Recorded weights, inputs and results of the original, with the description that lies beside them. Names are
/// "[case/]group/name", the groups being weight, input, mid, output and extra.</summary>
internal sealed class GoldenFile : IDisposable
{
    private static readonly string[] ResultGroups = ["mid", "output", "extra"];
    private readonly SafetensorsFile _file;

    private GoldenFile(SafetensorsFile file, JsonElement description, ModelSessionOptions device) =>
        (_file, Description, Device) = (file, description, device);

    public JsonElement Description { get; }

    /// <summary>Where it is computed anew.</summary>
    public ModelSessionOptions Device { get; }

    public IReadOnlyDictionary<string, CheckpointTensor> Tensors => _file.Tensors;

    public IEnumerable<string> Names => _file.Tensors.Keys;

    /// <summary>Names of everything that was computed.</summary>
    public IEnumerable<string> Results => Names.Where(name => name.Split('/') is var parts
        && parts[..^1].Any(part => Array.IndexOf(ResultGroups, part) >= 0)
        && !parts.Contains("input"));

    /// <summary>Where the tensors of a description lie.</summary>
    public static string TensorsOf(string jsonPath) => Path.ChangeExtension(jsonPath, ".safetensors");

    /// <summary>Opens the tensors of a description.</summary>
    /// <exception cref="CheckpointException">They cannot be read.</exception>
    public static GoldenFile Open(string jsonPath, JsonElement description, ModelSessionOptions device) =>
        new(SafetensorsFile.Open(TensorsOf(jsonPath)), description, device);

    public bool Has(string name) => _file.Tensors.ContainsKey(name);

    public long[] Shape(string name) => [.. Tensor(name).Shape];

    /// <summary>All elements, integers widened.</summary>
    public float[] Values(string name) => Tensor(name) switch
    {
        { Type: TensorType.Int64 } whole => [.. whole.ReadAllInt64().Select(value => (float)value)],
        { Type: TensorType.UInt8 } bytes => [.. bytes.ReadAllBytes().Select(value => (float)value)],
        var floats => floats.ReadAll(),
    };

    public long[] Integers(string name) => Tensor(name).ReadAllInt64();

    public CheckpointWeights Weights(string prefix) => new(_file.Tensors, prefix);

    /// <summary>Prefixes before a name: the cases that recorded it.</summary>
    public IEnumerable<string> CasesOf(string suffix) => Names
        .Where(name => name.EndsWith("/" + suffix, StringComparison.Ordinal))
        .Select(name => name[..^(suffix.Length + 1)]);

    public void Dispose() => _file.Dispose();

    private CheckpointTensor Tensor(string name) => _file.Tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new CheckpointException(_file.Path, $"tensor '{name}' is missing");
}
