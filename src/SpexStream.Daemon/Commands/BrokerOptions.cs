using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt;

namespace SpexStream.Daemon.Commands;

/// <summary>How a client verb reaches the broker.</summary>
internal sealed class BrokerOptions(bool required = true)
{
    /// <summary>What to do about a broker that cannot be reached, as a half sentence.</summary>
    public const string Remedy = "check that it runs, its listener, and user, password and certificates";

    private readonly CheckedOption<string?> _broker = new(
        "--broker", "Address of the broker, mqtts for TLS", BrokerAddress.Rule, required ? null : "none, not tried",
        (text, out value) =>
        {
            value = text;
            return BrokerAddress.TryParse(text, out _);
        });

    private readonly CheckedOption<string?> _user = Texts.OptionalName("--user", "User at the broker");
    private readonly CheckedOption<string?> _passwordFile = Texts.File("--password-file", "File with the password");
    private readonly CheckedOption<string?> _caFile = new(
        "--ca-file", "File of the trusted authorities", PemFiles.Certificates, "the system's authorities",
        IsCertificates);

    private readonly CheckedOption<string?> _certificate = new(
        "--certificate-file", "File of the client certificate", PemFiles.Certificates, "none", IsCertificates);

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

    /// <summary>A connection that stands; the caller disposes it.</summary>
    /// <exception cref="CommandException">The broker is away or says no.</exception>
    public async Task<IMqttConnection> ConnectAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var connection = MqttLibrary.Factory(TimeProvider.System).Create(Connection(parsed));
        try
        {
            await connection.ConnectAsync(cancellation);
            return connection;
        }
        catch (Exception fault)
        {
            // Whatever it was, nobody else disposes it; the broker's or the system's words need the broker's name.
            await connection.DisposeAsync();
            if (fault is MqttException)
            {
                throw new CommandException($"{Address(parsed)}: {fault.Message.TrimEnd('.')}; {Remedy}.");
            }

            throw;
        }
    }

    /// <summary>Options of a short-lived connection: no session is kept, a broker that is away is an error.</summary>
    /// <exception cref="CommandException">
    /// The password cannot be read, or the key is not that of the certificate.
    /// </exception>
    public MqttConnectionOptions Connection(ParseResult parsed)
    {
        if (parsed.GetValue(_certificate) is { } certificate && parsed.GetValue(_key) is { } key
            && !PemFiles.IsPair(certificate, key))
        {
            throw new CommandException($"--key-file takes {PemFiles.Key}, not '{key}'.", CommandException.Misused);
        }

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
            throw new CommandException($"--password-file: {fault.Message}", CommandException.Misused);
        }
    }

    private static bool IsCertificates(string text, out string? path) =>
        Texts.IsPath(text, out path) && PemFiles.HasCertificates(path!);
}
