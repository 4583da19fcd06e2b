namespace SpexStream.Inference.Spex.Weights;

/// <summary>Reads consecutive elements of a weight.</summary>
/// <param name="first">Index of the first element, in row order.</param>
/// <param name="values">Filled with the elements from there on.</param>
public delegate void WeightReader(long first, Span<float> values);
