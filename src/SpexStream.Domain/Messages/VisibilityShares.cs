using SpexStream.Domain.Products;

namespace SpexStream.Domain.Messages;

/// <summary>How much of an extent could be seen and what hid the rest; shares 0..1 of all its pixels.</summary>
public sealed record VisibilityShares(
    double Clear, double Cloud, double Shadow, double SnowIce, double NoAnswer, double Nodata)
{
    /// <summary>Share of the pixels whose tile failed and was given up; a part of <see cref="NoAnswer"/>.</summary>
    public double GivenUp { get; init; }

    /// <summary>Shares of counted pixels; all 0 for an empty extent.</summary>
    public static VisibilityShares From(VisibilityFacts facts)
    {
        double Share(long pixels) => facts.Total == 0 ? 0 : (double)pixels / facts.Total;
        return new(
            Share(facts.Clear),
            Share(facts.Cloud),
            Share(facts.CloudShadow),
            Share(facts.SnowIce),
            Share(facts.NoAnswer),
            Share(facts.Nodata))
        {
            GivenUp = Share(facts.GivenUp),
        };
    }
}
