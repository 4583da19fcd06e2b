using System.CommandLine;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Daemon.Settings;

namespace SpexStream.Daemon.Commands;

/// <summary>health: asks the daemon of this machine how it is, for health checks in places that have no curl.</summary>
internal sealed class HealthCommand
{
    // A daemon that needs longer for two words is not well; health checks have limits of their own.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly CheckedOption<int?> _port =
        Numbers.Optional("--http", "Port of the daemon's health", 1, 65535, "SPEX_HTTP, else 8090");

    private readonly CheckedOption<IPAddress?> _address = new(
        "--http-address", "Address of that port; of one that stands for all, this machine's own", "an IP address",
        "SPEX_HTTPADDRESS, else 127.0.0.1", (text, out value) => IPAddress.TryParse(text, out value));

    private readonly Option<bool> _live = new("--live")
    {
        Description = "Ask only whether it lives, not whether it is ready.",
    };

    public Command Build()
    {
        var command = new Command(
            "health",
            "Ask the daemon of this machine whether it is ready; exit code 0 when it is, else 1 and why.\n"
            + "Example: spexstream health --http 8090");
        command.Options.Add(_port);
        command.Options.Add(_address);
        command.Options.Add(_live);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var place = Place(parsed);
        // A proxy of the environment leads away from this machine.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Longest };
        try
        {
            using var answer = await client.GetAsync(place, cancellation);
            var words = (await answer.Content.ReadAsStringAsync(cancellation)).Trim();
            Terminal.Out.WriteLine(words);
            return answer.IsSuccessStatusCode ? 0 : CommandException.Failed;
        }
        catch (HttpRequestException fault)
        {
            throw new CommandException($"{place} does not answer: {fault.Message.ReplaceLineEndings(" ")}");
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandException(
                string.Create(CultureInfo.InvariantCulture, $"{place} has not answered in {Longest.TotalSeconds} s"));
        }
    }

    private Uri Place(ParseResult parsed)
    {
        var mistakes = new List<string>();
        var settings = SettingsReader.Read(
            new ConfigurationBuilder().AddEnvironmentVariables(RunCommand.EnvironmentPrefix).Build(), mistakes);
        var port = parsed.GetValue(_port) ?? settings.Http;
        var address = parsed.GetValue(_address)
            ?? (IPAddress.TryParse(settings.HttpAddress, out var known) ? known : IPAddress.Loopback);
        address = address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : address;
        var path = parsed.GetValue(_live) ? "/health/live" : "/health/ready";
        return new UriBuilder(Uri.UriSchemeHttp, address.ToString(), port, path).Uri;
    }
}
