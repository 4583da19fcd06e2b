namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>When a subscription receives the messages that the broker keeps (MQTT 5, 3.8.3.1).</summary>
public enum MqttRetainHandling
{
    /// <summary>On every subscribe, so also again after a reconnect without a session.</summary>
    SendAlways = 0,

    /// <summary>Only when the subscription did not exist yet.</summary>
    SendWhenNew = 1,

    /// <summary>Never.</summary>
    Never = 2,
}
