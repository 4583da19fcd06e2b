namespace SpexStream.Domain.Explanation.Reading;

/// <summary>What a number beside the word measures.</summary>
internal enum Topic
{
    Cloud,
    Shadow,
    CloudShadow,
    SnowIce,
    NoAnswer,
    NoData,
    Hidden,
    Clear,
    Strips,
    Confidence,
    Percentile,
    Partial,
}
