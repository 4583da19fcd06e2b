namespace SpexStream.Inference.Spex.Network;

/// <summary>What a convolution with a square kernel needs to be told.</summary>
internal sealed record ConvolutionShape(int Inputs, int Outputs, int Kernel)
{
    public int Stride { get; init; } = 1;

    public int Pad { get; init; }

    public int Groups { get; init; } = 1;

    public bool Bias { get; init; } = true;
}
