namespace SpexStream.Domain.Alerts.Cover;

/// <summary>What one pass says of one class at one place.</summary>
public enum GroundState : byte
{
    /// <summary>Clearly seen, and not the class.</summary>
    No,

    /// <summary>Clearly seen, and the class.</summary>
    Yes,

    /// <summary>Not seen: cloud, shadow, snow, no answer, no data, or off the scene.</summary>
    Unseen,
}
