using System.Text.Json.Serialization;

namespace SpexStream.Domain.Alerts.Rules;

/// <summary>What counts as usual in an area.</summary>
[JsonDerivedType(typeof(Median), "median")]
[JsonDerivedType(typeof(Reference), "reference")]
public abstract record AlertBaseline
{
    private AlertBaseline()
    {
    }

    /// <summary>The median share of the class in the last clear observations outside of alerts.</summary>
    /// <param name="Passes">How many observations, 1 to <see cref="MaxPasses"/>. While there are fewer than half of
    /// them (rounded up), there is no baseline and nothing is judged.</param>
    public sealed record Median(int Passes) : AlertBaseline
    {
        /// <summary>Most observations of a median.</summary>
        public const int MaxPasses = 50;

        /// <summary>Observations from which on there is a baseline.</summary>
        public int Needed => (Passes + 1) / 2;
    }

    /// <summary>A mask of where the class usually is; what lies on it does not count (flood = water minus reference
    /// water).</summary>
    /// <param name="Mask">Name of the mask.</param>
    public sealed record Reference(string Mask) : AlertBaseline;
}
