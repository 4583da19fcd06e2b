namespace SpexStream.Daemon.Settings;

/// <summary>Where a broker listens.</summary>
internal sealed record BrokerAddress(string Host, int Port, bool Tls)
{
    /// <summary>The rule in words, for error messages.</summary>
    public const string Rule = "mqtt://HOST:PORT or mqtts://HOST:PORT";

    /// <summary>Reads mqtt://HOST[:PORT] or mqtts://HOST[:PORT].</summary>
    public static bool TryParse(string? text, out BrokerAddress address)
    {
        address = new(string.Empty, 0, false);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("mqtt" or "mqtts")
            || uri.Host.Length == 0 || uri.AbsolutePath is not ("" or "/") || uri.UserInfo.Length > 0
            || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.Port == 0)
        {
            return false;
        }

        var tls = uri.Scheme == "mqtts";
        address = new(uri.Host, uri.Port > 0 ? uri.Port : tls ? 8883 : 1883, tls);
        return true;
    }

    /// <summary>Reads an address that was checked before.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static BrokerAddress Parse(string? text) => TryParse(text, out var address)
        ? address
        : throw new FormatException($"'{text}' is no broker: expected {Rule}.");

    /// <inheritdoc/>
    public override string ToString() => $"{(Tls ? "mqtts" : "mqtt")}://{Host}:{Port}";
}
