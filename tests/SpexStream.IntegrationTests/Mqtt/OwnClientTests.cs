using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt;

namespace SpexStream.IntegrationTests.Mqtt;

/// <summary>The contract tests, run with SpexStream's own client.</summary>
public static class OwnClientTests
{
    private static readonly MqttConnectionFactory Own = new(TimeProvider.System);

    public sealed class Publish : PublishContract
    {
        protected override IMqttConnectionFactory Factory => Own;
    }
}
