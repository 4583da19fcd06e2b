namespace SpexStream.Inference.Spex.Network;

/// <summary>What a deformable convolution needs to be told.</summary>
/// <param name="Channels">Channels in and out; split evenly, in order, among the groups.</param>
/// <param name="Groups">Groups, each with offsets and weights of its own.</param>
internal sealed record DeformableShape(int Channels, int Groups)
{
    public int Kernel { get; init; } = 3;

    public int Stride { get; init; } = 1;

    public int Pad { get; init; } = 1;

    public int Dilation { get; init; } = 1;

    /// <summary>Stretches the regular grid of taps as well as the learned offsets.</summary>
    public float OffsetScale { get; init; } = 1;

    /// <summary>Side of the depthwise convolution from which offsets and weights are worked out.</summary>
    public int DepthwiseKernel { get; init; } = 3;

    /// <summary>Whether a share of the unsampled values is mixed in, by group and place.</summary>
    public bool CenterFeatureScale { get; init; }

    public int Taps => Kernel * Kernel;

    public int GroupChannels => Channels / Groups;
}
