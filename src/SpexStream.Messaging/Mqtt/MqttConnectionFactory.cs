using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt;

/// <summary>Makes connections of SpexStream's own MQTT client.</summary>
public sealed class MqttConnectionFactory(TimeProvider time) : IMqttConnectionFactory
{
    /// <inheritdoc/>
    public IMqttConnection Create(MqttConnectionOptions options) => new MqttConnection(options, time);
}
