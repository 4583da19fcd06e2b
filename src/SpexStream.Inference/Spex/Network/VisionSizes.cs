namespace SpexStream.Inference.Spex.Network;

/// <summary>Sizes of the vision tower.</summary>
public sealed record VisionSizes
{
    /// <summary>The backbone.</summary>
    public required InternImageSizes Backbone { get; init; }

    /// <summary>Channels of the aggregated map.</summary>
    public required int AggregatorHidden { get; init; }

    /// <summary>Groups of the aggregator's group norm.</summary>
    public int NormGroups { get; init; } = 16;

    /// <summary>Channels of the features for the mask decoder.</summary>
    public required int MaskChannels { get; init; }
}
