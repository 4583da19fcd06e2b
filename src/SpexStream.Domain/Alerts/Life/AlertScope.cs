namespace SpexStream.Domain.Alerts.Life;

/// <summary>CAP 1.2 <c>scope</c>, as far as it is used.</summary>
public enum AlertScope
{
    /// <summary>For the station's subscribers.</summary>
    Restricted,

    /// <summary>For everybody.</summary>
    Public,
}
