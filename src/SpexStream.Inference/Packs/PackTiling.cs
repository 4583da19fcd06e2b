namespace SpexStream.Inference.Packs;

/// <summary>How windows of a model are laid over a tile.</summary>
/// <param name="Overlap">Pixels at each side of a window that see too little around them.</param>
/// <param name="Blends">False: these pixels are cut off. True: neighbouring windows overlap by twice as many, and are
/// blended there.</param>
/// <param name="Multiple">Edges of windows, and the steps between them, are multiples of this: the product of the
/// model's strides.</param>
/// <param name="Edge">Edge of a window where the model takes any; null for as large as a tile.</param>
public sealed record PackTiling(int Overlap, bool Blends, int Multiple, int? Edge);
