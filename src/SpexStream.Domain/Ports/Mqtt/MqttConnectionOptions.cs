namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>How to connect to a broker, and the bounds of a connection. Immutable.</summary>
public sealed record MqttConnectionOptions
{
    /// <summary>Name or address of the broker.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port, 1 to 65,535.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>TLS, or null for plain TCP.</summary>
    public MqttTlsOptions? Tls { get; init; }

    /// <summary>User name, or null.</summary>
    public string? User { get; init; }

    /// <summary>Password, or null. Never part of a message or log line.</summary>
    public string? Password { get; init; }

    /// <summary>Client id: names the session, so two connections must not share one. Empty: the broker
    /// chooses.</summary>
    public required string ClientId { get; init; }

    /// <summary>True throws away an older session of this client id, at the first connect only.</summary>
    public bool CleanStart { get; init; }

    /// <summary>How long the broker keeps the session after a connection ended, whole seconds; zero: not at
    /// all.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest silence before a sign of life, whole seconds up to 65,535; zero switches it off. A peer that
    /// stays silent is given up after at most one and a half of it.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Unacknowledged QoS 1 messages that the broker may send, 1 to 65,535.</summary>
    public int ReceiveMaximum { get; init; } = 64;

    /// <summary>Largest packet accepted, in bytes, header included, 1 KiB to 256 MiB.</summary>
    public int MaximumPacketBytes { get; init; } = 65 << 20;

    /// <summary>Bounds on what is held on our side.</summary>
    public MqttHoldLimits Hold { get; init; } = MqttHoldLimits.Default;

    /// <summary>Publishes accepted and not yet settled, 1 to 32,767; more callers wait for their turn.</summary>
    public int MaximumPendingPublishes { get; init; } = 256;

    /// <summary>The will, or null.</summary>
    public MqttWill? Will { get; init; }

    /// <summary>Whether the first connect is tried again like every later one, or fails at once.</summary>
    public bool RetryFirstConnect { get; init; }

    /// <summary>Longest time for one attempt: TCP, TLS and the broker's answer together. More than zero.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Waits between attempts.</summary>
    public MqttBackoff Backoff { get; init; } = new();
}
