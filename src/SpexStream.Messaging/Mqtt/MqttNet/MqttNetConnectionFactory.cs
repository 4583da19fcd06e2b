using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.MqttNet;

/// <summary>Makes connections that speak MQTT through the library MQTTnet.</summary>
public sealed class MqttNetConnectionFactory(TimeProvider time) : IMqttConnectionFactory
{
    /// <inheritdoc/>
    public IMqttConnection Create(MqttConnectionOptions options) =>
        new MqttConnection(options, time, new MqttNetOpener(time));
}
