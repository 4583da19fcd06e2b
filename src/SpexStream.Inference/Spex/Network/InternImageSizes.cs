namespace SpexStream.Inference.Spex.Network;

/// <summary>Sizes of an InternImage backbone (Wang et al. 2023, table 1).</summary>
public sealed record InternImageSizes
{
    /// <summary>Bands of the input.</summary>
    public int Bands { get; init; } = 3;

    /// <summary>Channels of the first level; each further level has twice as many.</summary>
    public required int Channels { get; init; }

    /// <summary>Blocks of each level.</summary>
    public required IReadOnlyList<int> Depths { get; init; }

    /// <summary>Groups of each level's deformable convolutions.</summary>
    public required IReadOnlyList<int> Groups { get; init; }

    /// <summary>Hidden channels of a block's perceptron, as a multiple of its width.</summary>
    public float PerceptronRatio { get; init; } = 4;

    /// <summary>Stretch of the deformable grids.</summary>
    public float OffsetScale { get; init; } = 2;

    /// <summary>Side of the depthwise kernels.</summary>
    public int DepthwiseKernel { get; init; } = 3;

    /// <summary>Channels of a level.</summary>
    public int Width(int level) => Channels << level;
}
