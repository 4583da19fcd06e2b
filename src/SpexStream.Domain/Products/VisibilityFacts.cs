namespace SpexStream.Domain.Products;

/// <summary>Pixel counts by what could be seen; they add up to the extent.</summary>
public sealed record VisibilityFacts(long Clear, long Cloud, long CloudShadow, long SnowIce, long NoAnswer, long Nodata)
{
    /// <summary>Pixels among those without an answer whose tile failed and was given up.</summary>
    public long GivenUp { get; init; }

    /// <summary>All pixels.</summary>
    public long Total => Clear + Cloud + CloudShadow + SnowIce + NoAnswer + Nodata;

    /// <summary>Pixels that were measured.</summary>
    public long Measured => Total - Nodata;
}
