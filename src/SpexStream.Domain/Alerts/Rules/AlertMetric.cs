namespace SpexStream.Domain.Alerts.Rules;

/// <summary>Which number of an area a rule watches. It is held against thresholds in the unit named here.</summary>
public enum AlertMetric
{
    /// <summary>The class on the ground clearly seen, in hectares.</summary>
    Area,

    /// <summary>The class as a share of the ground clearly seen, in percent.</summary>
    Share,

    /// <summary>How much more (or, negative, less) of the class there is than the baseline says of the ground clearly
    /// seen, in hectares.</summary>
    Change,

    /// <summary>The largest connected part of the class within the area, in hectares.</summary>
    LargestRegion,
}
