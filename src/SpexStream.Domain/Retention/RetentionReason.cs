namespace SpexStream.Domain.Retention;

/// <summary>Why something is deleted.</summary>
public enum RetentionReason
{
    /// <summary>It is old enough.</summary>
    Age,

    /// <summary>Room is short, and nothing less valuable is left.</summary>
    Room,
}
