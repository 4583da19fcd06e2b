using System.Collections.Immutable;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>
/// Small packets that go before any publish. Bounded by what may cause them: messages held, callers waiting, one ping
/// per tick, one goodbye. Thread-safe; wakes the writer.
/// </summary>
internal interface IControlQueue
{
    void Acknowledge(ushort packetId);

    void Subscribe(ushort packetId, ImmutableArray<MqttSubscription> subscriptions);

    void Unsubscribe(ushort packetId, ImmutableArray<string> filters);

    void Ping();

    void Disconnect(MqttReasonCode reason);
}
