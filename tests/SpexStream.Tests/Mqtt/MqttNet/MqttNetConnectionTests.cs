using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.MqttNet;

namespace SpexStream.Tests.Mqtt.MqttNet;

/// <summary>The contract with MQTTnet.</summary>
public sealed class MqttNetConnectionTests : MqttConnectionContract
{
    protected override IMqttConnectionFactory Factory => new MqttNetConnectionFactory(TimeProvider.System);
}
