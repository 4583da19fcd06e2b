using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Tests.Mqtt;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Hosting;

/// <summary>The daemon in this process, against a broker that the test plays.</summary>
public sealed class DaemonStopTests
{
    private const int Bad = 200;

    [Fact]
    public async Task With_a_broker_that_acknowledges_nothing_and_an_outbox_full_of_dead_letters_it_still_ends()
    {
        using var broker = new ScriptedBroker();
        using var folder = new TemporaryFolder();
        using var meter = new SpexMeter();
        var settings = new RunSettings
        {
            Broker = $"mqtt://127.0.0.1:{broker.Options.Port}",
            Station = "test",
            Node = "node-1",
            Data = folder["data"],
            Out = folder["out"],
            Allow = [folder.Root],
            StopSeconds = 0.5,
            OutboxCapacity = 16,
            ReceiveMaximum = Bad,
            CanarySeconds = 0,
        };
        await using var daemon = new DaemonHost(
            settings, meter, TimeProvider.System, NullLoggerFactory.Instance, () => { });
        await daemon.StartAsync(CancellationToken.None);
        var started = daemon.StartedAsync(CancellationToken.None);
        using var publish = await broker.WelcomeAsync();
        using var ingest = await broker.WelcomeAsync();
        var subscribe = await ingest.ReadAsync<SubscribePacket>();
        await ingest.SendAsync(
            new SubackPacket(PacketType.Suback, subscribe.PacketId,
                [.. subscribe.Subscriptions.Select(_ => MqttReasonCode.GrantedQos1)], new()));
        await started;
        foreach (var id in Enumerable.Range(1, Bad))
        {
            await ingest.SendAsync(Announcement((ushort)id));
        }

        // 64 on the wire and 16 in the outbox: the others wait.
        for (var sent = 0; sent < 64; sent++)
        {
            await publish.ReadAsync<PublishPacket>();
        }

        await daemon.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        await daemon.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
    }

    // QoS 1 on the topic of announcements, with a payload that is none.
    private static byte[] Announcement(ushort id)
    {
        var topic = "spex/a/test/in/strip/sat-1/msi"u8;
        byte[] body = [0, (byte)topic.Length, .. topic, (byte)(id >> 8), (byte)id, 0, (byte)'x'];
        return [0x32, (byte)body.Length, .. body];
    }
}
