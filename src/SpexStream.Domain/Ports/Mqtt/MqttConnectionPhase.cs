namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>Where a connection stands.</summary>
public enum MqttConnectionPhase
{
    /// <summary>Made, not yet asked to connect.</summary>
    Idle,

    /// <summary>Opening a network connection and the session.</summary>
    Connecting,

    /// <summary>The broker accepted, subscriptions are in place.</summary>
    Connected,

    /// <summary>Lost or refused; waits before the next attempt.</summary>
    Waiting,

    /// <summary>Disposed, or the first connect failed for good. The last phase.</summary>
    Closed,
}
