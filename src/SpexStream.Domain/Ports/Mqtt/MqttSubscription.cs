namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>A topic filter to subscribe to. A connection also receives what it publishes itself (no local is
/// off).</summary>
/// <param name="Filter">Topic filter with <c>+</c> and <c>#</c>, or <c>$share/group/filter</c>. Retained messages are
/// never sent to a shared subscription.</param>
public sealed record MqttSubscription(string Filter)
{
    /// <summary>The highest QoS the broker may use for this filter.</summary>
    public MqttQos Qos { get; init; } = MqttQos.AtLeastOnce;

    /// <summary>True: the retain flag arrives as it was published; false: only messages kept by the broker carry it.
    /// </summary>
    public bool RetainAsPublished { get; init; }

    /// <summary>Whether messages kept by the broker are sent on subscribing.</summary>
    public MqttRetainHandling RetainHandling { get; init; } = MqttRetainHandling.SendAlways;
}
