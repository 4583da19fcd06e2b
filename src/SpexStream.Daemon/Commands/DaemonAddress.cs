using System.CommandLine;
using System.Net;
using Microsoft.Extensions.Configuration;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Settings;

namespace SpexStream.Daemon.Commands;

/// <summary>Where the daemon of this machine answers: as options say, else as the environment does, where the daemon
/// has it, too.</summary>
internal sealed class DaemonAddress
{
    private readonly CheckedOption<int?> _port =
        Numbers.Optional("--http", "Port of the daemon's health", 1, 65535, "SPEX_HTTP, else 8090");

    private readonly CheckedOption<IPAddress?> _address = new(
        "--http-address", "Address of that port; of one that stands for all, this machine's own", "an IP address",
        "SPEX_HTTPADDRESS, else 127.0.0.1", (text, out value) => IPAddress.TryParse(text, out value));

    public void AddTo(Command command)
    {
        command.Options.Add(_port);
        command.Options.Add(_address);
    }

    /// <summary>The settings of the environment.</summary>
    public static RunSettings Environment() => SettingsReader.Read(
        new ConfigurationBuilder().AddEnvironmentVariables(RunCommand.EnvironmentPrefix).Build(), []);

    /// <summary>Address of something that it answers.</summary>
    public Uri Of(ParseResult parsed, string path)
    {
        var settings = Environment();
        var port = parsed.GetValue(_port) ?? settings.Http;
        var address = parsed.GetValue(_address)
            ?? (IPAddress.TryParse(settings.HttpAddress, out var known) ? known : IPAddress.Loopback);
        address = address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : address;
        return new UriBuilder(Uri.UriSchemeHttp, address.ToString(), port, path).Uri;
    }
}
