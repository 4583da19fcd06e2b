namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>What the broker publishes when the session breaks off without a goodbye.</summary>
/// <param name="Message">The message; its payload is at most 65,535 bytes and must not change while connected.</param>
public sealed record MqttWill(MqttMessage Message)
{
    /// <summary>How long the broker waits for the session to come back, whole seconds; ends with the session at the
    /// latest.
    /// </summary>
    public TimeSpan Delay { get; init; }
}
