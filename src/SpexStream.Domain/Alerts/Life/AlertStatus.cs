namespace SpexStream.Domain.Alerts.Life;

/// <summary>CAP 1.2 <c>status</c>, as far as it is used. <see cref="Test"/> until an operator switches on
/// more.</summary>
public enum AlertStatus
{
    /// <summary>To be disregarded.</summary>
    Test,

    /// <summary>To be acted on.</summary>
    Actual,
}
