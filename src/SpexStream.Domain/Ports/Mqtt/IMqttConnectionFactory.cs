namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>Makes MQTT connections; one factory per MQTT library. Thread-safe.</summary>
public interface IMqttConnectionFactory
{
    /// <summary>Makes a connection that is still idle; the caller connects and disposes it.</summary>
    /// <exception cref="ArgumentException">Options that break their documented ranges.</exception>
    IMqttConnection Create(MqttConnectionOptions options);
}
