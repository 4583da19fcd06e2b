using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using MQTTnet.Packets;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Link;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.MqttNet;

/// <summary>The control packets that wait for the writer, as MQTTnet knows them.</summary>
internal sealed class MqttNetControl(Signal writerWork) : IControlQueue
{
    private readonly Lock _lock = new();
    private readonly Queue<MqttPacket> _pending = new();

    public void Acknowledge(ushort packetId) => Append(new MqttPubAckPacket { PacketIdentifier = packetId });

    public void Subscribe(ushort packetId, ImmutableArray<MqttSubscription> subscriptions) =>
        Append(MqttNetPackets.Subscribe(packetId, subscriptions));

    public void Unsubscribe(ushort packetId, ImmutableArray<string> filters) =>
        Append(new MqttUnsubscribePacket { PacketIdentifier = packetId, TopicFilters = [.. filters] });

    public void Ping() => Append(MqttPingReqPacket.Instance);

    public void Disconnect(MqttReasonCode reason) =>
        Append(new MqttDisconnectPacket { ReasonCode = (MQTTnet.Protocol.MqttDisconnectReasonCode)reason });

    public bool TryTake([MaybeNullWhen(false)] out MqttPacket packet)
    {
        lock (_lock)
        {
            return _pending.TryDequeue(out packet);
        }
    }

    private void Append(MqttPacket packet)
    {
        lock (_lock)
        {
            _pending.Enqueue(packet);
        }

        writerWork.Set();
    }
}
