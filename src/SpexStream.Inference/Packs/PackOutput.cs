using System.Collections.Immutable;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Packs;

/// <summary>What a model gives: one tensor of batch, classes, rows and columns, as large as its input.</summary>
/// <param name="Name">Name of the graph's output.</param>
/// <param name="Type">Float32 or Float16.</param>
/// <param name="IsLogits">Whether probabilities are still to be made: by softmax over exclusive classes, else by the
/// logistic function.</param>
/// <param name="IsExclusive">Whether exactly one class holds at a pixel.</param>
/// <param name="Classes">One for each channel, in their order.</param>
public sealed record PackOutput(
    string Name, ElementType Type, bool IsLogits, bool IsExclusive, ImmutableArray<PackClass> Classes);
