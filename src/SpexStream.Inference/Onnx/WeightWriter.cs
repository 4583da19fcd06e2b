namespace SpexStream.Inference.Onnx;

/// <summary>Writes the elements of one weight, little-endian and in row order, exactly as many bytes as its shape and
/// type ask for. Called once, when the graph is saved; need not hold the weight in memory.</summary>
public delegate void WeightWriter(Stream stream);
