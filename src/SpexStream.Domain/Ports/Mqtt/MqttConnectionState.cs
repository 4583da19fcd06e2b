namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>A phase of a connection and why it came to it.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Attempt">Attempts since the connection was last stable; 0 while idle, 1 for the first
/// attempt.</param>
/// <param name="SessionPresent">Connected only: the broker still had the session, with its subscriptions and
/// unacknowledged messages.</param>
/// <param name="Reason">The broker's reason code where it gave one (refusal, disconnect), else null.</param>
/// <param name="Detail">Why the last connection ended or was refused, in plain English; null when all is
/// well.</param>
public sealed record MqttConnectionState(
    MqttConnectionPhase Phase,
    int Attempt,
    bool SessionPresent,
    MqttReasonCode? Reason,
    string? Detail)
{
    /// <summary>The state before connecting.</summary>
    public static MqttConnectionState Idle { get; } = new(MqttConnectionPhase.Idle, 0, false, null, null);
}
