using System.Collections.Immutable;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Packs;

/// <summary>What a model takes: one tensor of batch, bands, rows and columns.</summary>
/// <param name="Name">Name of the graph's input.</param>
/// <param name="Bands">Common names of its bands, in its order.</param>
/// <param name="Batch">Windows of one inference; null for any number.</param>
/// <param name="Edge">Rows and columns of a window; null for any.</param>
/// <param name="Type">Float32 or Float16.</param>
/// <param name="TakesReflectance">Reflectance, or the counts of the file as they are.</param>
/// <param name="Scaling">One for each band.</param>
public sealed record PackInput(
    string Name, ImmutableArray<string> Bands, int? Batch, int? Edge, ElementType Type, bool TakesReflectance,
    ImmutableArray<BandScaling> Scaling);
