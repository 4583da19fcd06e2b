using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Daemon.Commands;

/// <summary>How a client verb reaches the broker.</summary>
internal sealed class BrokerOptions(bool required = true)
{
    private readonly CheckedOption<string?> _broker = new(
        "--broker", "Address of the broker, mqtts for TLS", BrokerAddress.Rule, required ? null : "none, not tried",
        (text, out value) =>
        {
            value = text;
            return BrokerAddress.TryParse(text, out _);
        });

    private readonly CheckedOption<string?> _user = Texts.OptionalName("--user", "User at the broker");
    private readonly CheckedOption<string?> _passwordFile = Texts.File("--password-file", "File with the password");
    private readonly CheckedOption<string?> _caFile = Texts.File("--ca-file", "PEM file of the trusted authorities", "the system's authorities");
    private readonly CheckedOption<string?> _certificate = Texts.File("--certificate-file", "PEM file of the client certificate");
    private readonly CheckedOption<string?> _key = Texts.File("--key-file", "PEM file of its key");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _broker, _user, _passwordFile, _caFile, _certificate, _key })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(_certificate) is null != result.GetResult(_key) is null)
            {
                result.AddError("--certificate-file and --key-file are given together.");
            }
        });
    }

    /// <summary>The broker's address; null where none was given.</summary>
    public BrokerAddress? Address(ParseResult parsed) =>
        parsed.GetValue(_broker) is { } text ? BrokerAddress.Parse(text) : null;

    /// <summary>Options of a short-lived connection: no session is kept, a broker that is away is an error.</summary>
    /// <exception cref="CommandException">The password cannot be read.</exception>
    public MqttConnectionOptions Connection(ParseResult parsed)
    {
        try
        {
            return BrokerConnections.Options(
                new RunSettings
                {
                    Broker = parsed.GetValue(_broker),
                    User = parsed.GetValue(_user),
                    PasswordFile = parsed.GetValue(_passwordFile),
                    CaFile = parsed.GetValue(_caFile),
                    CertificateFile = parsed.GetValue(_certificate),
                    KeyFile = parsed.GetValue(_key),
                },
                $"spex-cli-{Guid.NewGuid():N}"[..23]) with
            {
                CleanStart = true,
                SessionExpiry = TimeSpan.Zero,
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Of all these files only the password is read here.
            throw new CommandException($"--password-file: {fault.Message}");
        }
    }
}
