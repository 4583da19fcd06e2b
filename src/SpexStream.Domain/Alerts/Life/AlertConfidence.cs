namespace SpexStream.Domain.Alerts.Life;

/// <summary>How much an alert is to be believed (after the integrated alerts of Global Forest Watch).</summary>
public enum AlertConfidence
{
    /// <summary>Provisional.</summary>
    Low,

    /// <summary>Confirmed.</summary>
    High,

    /// <summary>Confirmed, and two backends agree.</summary>
    Highest,
}
