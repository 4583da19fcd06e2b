using System.CommandLine;
using SpexStream.Daemon.Console;
using SpexStream.Daemon.Doctor;

namespace SpexStream.Daemon.Commands;

/// <summary>doctor: is everything there that a station needs?</summary>
internal sealed class DoctorCommand
{
    private readonly Option<string?> _broker = new("--broker") { Description = "Broker to try: mqtt://HOST:PORT." };
    private readonly Option<DirectoryInfo?> _data = new("--data") { Description = "Folder whose disk is looked at. Default: the current one." };

    public Command Build()
    {
        var command = new Command(
            "doctor",
            "Check switches, versions, devices, GDAL, disk and broker; says what to do where something is wrong.\n"
            + "Example: spexstream doctor --broker mqtt://localhost:1883 --data /var/lib/spexstream");
        command.Options.Add(_broker);
        command.Options.Add(_data);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var worst = FindingLevel.Ok;
        foreach (var finding in await Examination.RunAsync(
            parsed.GetValue(_broker), parsed.GetValue(_data)?.FullName ?? Directory.GetCurrentDirectory(), cancellation))
        {
            worst = finding.Level > worst ? finding.Level : worst;
            Terminal.Out.WriteLine($"{finding.Level.ToString().ToLowerInvariant(),-8}{finding.Subject,-12}{finding.Text}");
            if (finding.Remedy is { } remedy)
            {
                Terminal.Out.WriteLine($"{string.Empty,-20}-> {remedy}");
            }
        }

        return worst == FindingLevel.Error ? 1 : 0;
    }
}
