namespace SpexStream.Domain.Messages;

/// <summary>How grave an alert is, in the words of CAP 1.2, least first.</summary>
public enum AlertSeverity
{
    /// <summary>Minimal to no threat.</summary>
    Minor,

    /// <summary>Possible threat.</summary>
    Moderate,

    /// <summary>Significant threat.</summary>
    Severe,

    /// <summary>Extraordinary threat.</summary>
    Extreme,
}
