using System.Collections.Immutable;

namespace SpexStream.Inference.Checkpoint;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Name">Its name; unique in the file.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Its axes, slowest first; empty for a single number.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">One past its last byte.</param>
internal sealed record TensorEntry(string Name, TensorType Type, ImmutableArray<long> Shape, long Begin, long End);
