using SpexStream.Inference.Checkpoint;

namespace SpexStream.Inference.Spex.Weights;

/// <summary>The weights of a checkpoint, with a ledger of what was asked for and what was wrong.</summary>
/// <param name="tensors">All tensors by name.</param>
/// <param name="prefix">What stands before the names in this checkpoint.</param>
public sealed class CheckpointWeights(
    IReadOnlyDictionary<string, CheckpointTensor> tensors, string prefix = "") : IWeights
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _faults = new(StringComparer.Ordinal);

    /// <summary>What was missing or wrongly shaped so far.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <inheritdoc/>
    public WeightTensor Take(string name, params ReadOnlySpan<long> shape)
    {
        long[] wanted = shape.ToArray();
        if (!tensors.TryGetValue(prefix + name, out var tensor))
        {
            _faults.Add($"tensor '{name}' [{string.Join(", ", wanted)}] is missing");
        }
        else if (!tensor.Shape.SequenceEqual(wanted))
        {
            _taken.Add(name);
            _faults.Add($"tensor '{name}' is [{string.Join(", ", tensor.Shape)}], not [{string.Join(", ", wanted)}]");
        }
        else if (tensor.Type is not (TensorType.Float32 or TensorType.Float16 or TensorType.BFloat16))
        {
            _taken.Add(name);
            _faults.Add($"tensor '{name}' holds {tensor.Type}, not F32, F16 or BF16");
        }
        else
        {
            _taken.Add(name);
            return new WeightTensor(name, wanted, tensor.Read);
        }

        return new WeightTensor(name, wanted, (_, values) => values.Clear());
    }

    /// <summary>Tensors that nothing has asked for, but for those that are known to serve training only.</summary>
    /// <param name="isKnown">True for such a name.</param>
    public IEnumerable<string> Extra(Func<string, bool> isKnown) => tensors.Keys
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
        .Select(name => name[prefix.Length..])
        .Where(name => !_taken.Contains(name) && !isKnown(name))
        .Select(name => $"tensor '{name}' is not known");
}
