using System.Collections.Immutable;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Session;

/// <summary>The subscriptions the broker granted, to be asked for again when it forgot them. Thread-safe.</summary>
internal sealed class SubscriptionSet
{
    private ImmutableDictionary<string, MqttSubscription> _granted =
        ImmutableDictionary.Create<string, MqttSubscription>(StringComparer.Ordinal);

    public ImmutableArray<MqttSubscription> All => [.. Volatile.Read(ref _granted).Values];

    public void Add(MqttSubscription subscription) =>
        ImmutableInterlocked.AddOrUpdate(
            ref _granted, subscription.Filter, subscription, (_, _) => subscription);

    public void Remove(string filter) => ImmutableInterlocked.TryRemove(ref _granted, filter, out _);
}
