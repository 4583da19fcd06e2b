namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>How the broker treats a kind of message.</summary>
/// <param name="Retain">Whether it is kept for late joiners.</param>
/// <param name="Expiry">When it is dropped.</param>
public sealed record Delivery(bool Retain, TimeSpan Expiry)
{
    /// <summary>
    /// Quality of service of every message: at least once. Some brokers lower 2, so nothing rests on it.
    /// </summary>
    public const int Qos = 1;

    /// <summary>Announcements; the expiry is the default of the greatest data age.</summary>
    public static Delivery Strip { get; } = new(Retain: false, TimeSpan.FromHours(6));

    /// <summary>Scenes opened, closed, revised.</summary>
    public static Delivery Scene { get; } = new(Retain: false, TimeSpan.FromHours(24));

    /// <summary>Products.</summary>
    public static Delivery Mask { get; } = new(Retain: false, TimeSpan.FromDays(7));

    /// <summary>Observations.</summary>
    public static Delivery Observation { get; } = new(Retain: false, TimeSpan.FromHours(24));

    /// <summary>States of nodes, refreshed by their node every minute.</summary>
    public static Delivery NodeState { get; } = new(Retain: true, TimeSpan.FromMinutes(5));

    /// <summary>Progress of scenes.</summary>
    public static Delivery SceneState { get; } = new(Retain: true, TimeSpan.FromHours(24));

    /// <summary>What was given up or refused.</summary>
    public static Delivery DeadLetter { get; } = new(Retain: false, TimeSpan.FromDays(30));

    /// <summary>An alert, until it expires. Never retained: a restart would raise it again.</summary>
    public static Delivery Alert(TimeSpan untilExpires) => new(Retain: false, untilExpires);

    /// <summary>State of an open alert, an hour longer than the alert.</summary>
    public static Delivery AlertState(TimeSpan untilExpires) => new(Retain: true, untilExpires + TimeSpan.FromHours(1));
}
