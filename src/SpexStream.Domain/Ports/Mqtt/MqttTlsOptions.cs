namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>TLS towards the broker. Files are PEM and are read at each connect, so renewed ones are taken up.</summary>
public sealed record MqttTlsOptions
{
    /// <summary>Authorities to trust, and only these; null trusts those of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>Client certificate, with its intermediates behind it; null sends none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Unencrypted key of the client certificate; given exactly when the certificate is.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The name that the broker's certificate must carry; null takes the host of the connection.</summary>
    public string? ServerName { get; init; }
}
