namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>How surely a message is delivered. QoS 2 is left out: some brokers downgrade it, so nothing may rest on it.
/// </summary>
public enum MqttQos
{
    /// <summary>QoS 0: once or never.</summary>
    AtMostOnce = 0,

    /// <summary>QoS 1: once or more often.</summary>
    AtLeastOnce = 1,
}
