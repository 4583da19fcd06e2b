namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>What a connection has done since it was made; the last four are levels of now.</summary>
public readonly record struct MqttCounters
{
    /// <summary>Network connections accepted by the broker.</summary>
    public long Connects { get; init; }

    /// <summary>Attempts that failed or were refused.</summary>
    public long FailedConnects { get; init; }

    /// <summary>Messages published: QoS 1 acknowledged, QoS 0 handed over.</summary>
    public long Published { get; init; }

    /// <summary>QoS 1 messages sent once more after a reconnect.</summary>
    public long Resent { get; init; }

    /// <summary>Publishes the broker refused.</summary>
    public long PublishesRefused { get; init; }

    /// <summary>Messages received, repeats included.</summary>
    public long Received { get; init; }

    /// <summary>Payload bytes received.</summary>
    public long ReceivedBytes { get; init; }

    /// <summary>Deliveries acknowledged to the broker.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Acknowledgements dropped because their network connection was gone; the broker delivers
    /// again.</summary>
    public long StaleAcknowledgements { get; init; }

    /// <summary>Times that reading stopped because <see cref="MqttHoldLimits"/> were reached.</summary>
    public long ReadPauses { get; init; }

    /// <summary>Messages accepted for publishing and not settled yet.</summary>
    public int PendingPublishes { get; init; }

    /// <summary>Deliveries held now.</summary>
    public int HeldMessages { get; init; }

    /// <summary>Payload bytes held now.</summary>
    public long HeldBytes { get; init; }

    /// <summary>True while reading is stopped by <see cref="MqttHoldLimits"/>.</summary>
    public bool IsReadingPaused { get; init; }
}
