namespace SpexStream.Domain.Alerts.Life;

/// <summary>How sure an open alert is.</summary>
public enum AlertPhase
{
    /// <summary>Too few passes have seen it.</summary>
    Provisional,

    /// <summary>n of m passes have seen it.</summary>
    Confirmed,
}
