using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt;
using Xunit.Abstractions;

namespace SpexStream.IntegrationTests.Mqtt;

/// <summary>The contract tests, run with SpexStream's own client.</summary>
public static class OwnClientTests
{
    private static readonly MqttConnectionFactory Own = new(TimeProvider.System);

    public sealed class Publish : PublishContract
    {
        protected override IMqttConnectionFactory Factory => Own;
    }

    public sealed class Acknowledgement : AcknowledgementContract
    {
        protected override IMqttConnectionFactory Factory => Own;
    }

    public sealed class Session : SessionContract
    {
        protected override IMqttConnectionFactory Factory => Own;
    }

    public sealed class Failover : FailoverContract
    {
        protected override IMqttConnectionFactory Factory => Own;
    }

    public sealed class Security : SecurityContract
    {
        protected override IMqttConnectionFactory Factory => Own;
    }

    public sealed class Throughput(ITestOutputHelper output) : ThroughputContract(output)
    {
        protected override IMqttConnectionFactory Factory => Own;
    }
}
