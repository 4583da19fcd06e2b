using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt;

namespace SpexStream.Tests.Mqtt;

/// <summary>The contract with SpexStream's own client.</summary>
public sealed class OwnConnectionTests : MqttConnectionContract
{
    protected override IMqttConnectionFactory Factory => new MqttConnectionFactory(TimeProvider.System);
}
