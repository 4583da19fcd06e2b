namespace SpexStream.Domain.Alerts.Life;

/// <summary>What happens to an alert.</summary>
public enum AlertTransition
{
    /// <summary>It begins. Confirmed at once where one pass is enough.</summary>
    Raised,

    /// <summary>Enough passes have seen it.</summary>
    Confirmed,

    /// <summary>Its value, severity or confidence changed by enough to be told, or what it rests on did.</summary>
    Updated,

    /// <summary>Another pass supports it and nothing else changed: it holds longer. Not worth a message, only a new
    /// state.</summary>
    Extended,

    /// <summary>A pass saw that it is over.</summary>
    Cleared,

    /// <summary>What it rested on was withdrawn, or its rule was: it should not have been.</summary>
    Cancelled,

    /// <summary>No pass has supported it for too long. Nobody saw that it is over.</summary>
    Expired,
}
