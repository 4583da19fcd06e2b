using System.CommandLine;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Daemon.Commands;

/// <summary>How a client verb reaches the broker.</summary>
internal sealed class BrokerOptions
{
    private readonly Option<string> _broker = new("--broker")
    {
        Description = "mqtt://HOST:PORT, or mqtts:// for TLS.",
        Required = true,
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count > 0 && !BrokerAddress.TryParse(result.Tokens[0].Value, out _))
                {
                    result.AddError($"--broker takes mqtt://HOST:PORT or mqtts://HOST:PORT, not '{result.Tokens[0].Value}'.");
                }
            },
        },
    };

    private readonly Option<string> _station = new("--station") { Description = "Id of the station.", Required = true };
    private readonly Option<string?> _user = new("--user") { Description = "User at the broker." };
    private readonly Option<FileInfo?> _passwordFile = new("--password-file") { Description = "File with the password." };
    private readonly Option<FileInfo?> _caFile = new("--ca-file") { Description = "PEM file of the trusted authorities." };
    private readonly Option<FileInfo?> _certificate = new("--certificate-file") { Description = "PEM file of the client certificate." };
    private readonly Option<FileInfo?> _key = new("--key-file") { Description = "PEM file of its key." };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _broker, _station, _user, _passwordFile, _caFile, _certificate, _key })
        {
            command.Options.Add(option);
        }
    }

    public StationId Station(ParseResult parsed) => StationId.Parse(parsed.GetValue(_station)!);

    /// <summary>Options of a short-lived connection: no session is kept, a broker that is away is an error.</summary>
    public MqttConnectionOptions Connection(ParseResult parsed) => BrokerConnections.Options(
        new RunSettings
        {
            Broker = parsed.GetValue(_broker),
            User = parsed.GetValue(_user),
            PasswordFile = parsed.GetValue(_passwordFile)?.FullName,
            CaFile = parsed.GetValue(_caFile)?.FullName,
            CertificateFile = parsed.GetValue(_certificate)?.FullName,
            KeyFile = parsed.GetValue(_key)?.FullName,
        },
        $"spex-cli-{Guid.NewGuid():N}"[..23]) with
    {
        CleanStart = true,
        SessionExpiry = TimeSpan.Zero,
    };
}
