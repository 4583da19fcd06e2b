using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.MqttNet;
using Xunit.Abstractions;

namespace SpexStream.IntegrationTests.Mqtt.MqttNet;

/// <summary>The contract tests, run with MQTTnet.</summary>
public static class MqttNetClientTests
{
    private static readonly MqttNetConnectionFactory Net = new(TimeProvider.System);

    public sealed class Publish : PublishContract
    {
        protected override IMqttConnectionFactory Factory => Net;
    }

    public sealed class Acknowledgement : AcknowledgementContract
    {
        protected override IMqttConnectionFactory Factory => Net;
    }

    public sealed class Session : SessionContract
    {
        protected override IMqttConnectionFactory Factory => Net;
    }

    public sealed class Failover : FailoverContract
    {
        protected override IMqttConnectionFactory Factory => Net;
    }

    public sealed class Security : SecurityContract
    {
        protected override IMqttConnectionFactory Factory => Net;
    }

    public sealed class Throughput(ITestOutputHelper output) : ThroughputContract(output)
    {
        protected override IMqttConnectionFactory Factory => Net;
    }
}
