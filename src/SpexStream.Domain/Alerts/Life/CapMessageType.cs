namespace SpexStream.Domain.Alerts.Life;

/// <summary>CAP 1.2 <c>msgType</c>, as far as it is used.</summary>
public enum CapMessageType
{
    /// <summary>The first message.</summary>
    Alert,

    /// <summary>Takes the place of an earlier one; also when all is over.</summary>
    Update,

    /// <summary>Takes an earlier one back.</summary>
    Cancel,
}
