using System.Globalization;
using System.Text.RegularExpressions;
using SpexStream.Inference.Checkpoint;

namespace SpexStream.Inference.Spex.Import;

/// <summary>Sizes that show in the shapes of a checkpoint's tensors.</summary>
/// <param name="tensors">All tensors.</param>
/// <param name="root">What stands before every name in this checkpoint.</param>
internal sealed class CheckpointShapes(IReadOnlyDictionary<string, CheckpointTensor> tensors, string root = "")
{
    public bool Has(string name) => tensors.ContainsKey(root + name);

    /// <summary>Length of one axis; the released model's where there is no such tensor, which is told when its weights
    /// are asked for.</summary>
    public int Length(string name, int axis, int released) =>
        tensors.TryGetValue(root + name, out var tensor) && axis < tensor.Shape.Length
            && tensor.Shape[axis] is > 0 and < int.MaxValue
            ? (int)tensor.Shape[axis]
            : released;

    /// <summary>How many of "prefix0", "prefix1" ... are there in one run; the released model's number where none
    /// is.</summary>
    public int Count(string prefix, int released)
    {
        var numbers = tensors.Keys.Where(name => name.StartsWith(root + prefix, StringComparison.Ordinal))
            .Select(name => Regex.Match(name[(root + prefix).Length..], "^[0-9]{1,3}(?=\\.)").Value)
            .Where(number => number.Length > 0)
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture))
            .ToHashSet();
        return numbers.Count == 0 ? released : numbers.Max() + 1;
    }
}
