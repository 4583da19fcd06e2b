using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Daemon.Doctor;
using SpexStream.Daemon.Settings;
using SpexStream.Journal.Postgres;

namespace SpexStream.Daemon.Commands;

/// <summary>doctor: is everything there that a station needs?</summary>
internal sealed class DoctorCommand
{
    private readonly BrokerOptions _broker = new(required: false);
    private readonly CheckedOption<string?> _data = Texts.Folder("--data", "Folder of the daemon's data", "none");
    private readonly CheckedOption<string?> _out = Texts.Folder("--out", "Folder of the products", "none");

    private readonly CheckedOption<PostgresAddress?> _journal = new(
        "--journal", "Database of a shared journal", JournalAddress.DatabaseRule, "none", JournalAddress.TryParse)
    {
        HidesValue = true,
    };

    private readonly CheckedOption<string?> _journalPassword =
        Texts.File("--journal-password-file", "File with its password");

    public Command Build()
    {
        var command = new Command(
            "doctor",
            "Check switches, versions, devices, GDAL, folders, disk, journal and broker; says what to do where something is "
            + "wrong.\nExample: spexstream doctor --broker mqtt://localhost:1883 --data /var/lib/spexstream "
            + "--out /srv/products");
        _broker.AddTo(command);
        command.Options.Add(_data);
        command.Options.Add(_out);
        command.Options.Add(_journal);
        command.Options.Add(_journalPassword);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var worst = FindingLevel.Ok;
        var broker = _broker.Address(parsed) is null ? null : _broker.Connection(parsed);
        foreach (var finding in await Examination.RunAsync(broker, Folders(parsed), Journal(parsed), cancellation))
        {
            worst = finding.Level > worst ? finding.Level : worst;
            Terminal.Out.WriteLine(
                $"{finding.Level.ToString().ToLowerInvariant(),-8}{finding.Subject,-12}{finding.Text}");
            if (finding.Remedy is { } remedy)
            {
                Terminal.Out.WriteLine($"{string.Empty,-20}-> {remedy}");
            }
        }

        return worst == FindingLevel.Error ? 1 : 0;
    }

    private PostgresAddress? Journal(ParseResult parsed)
    {
        try
        {
            return parsed.GetValue(_journalPassword) is { } file
                ? parsed.GetValue(_journal)?.With(File.ReadAllText(file).Trim()) : parsed.GetValue(_journal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--journal-password-file: {fault.Message}", CommandException.Misused);
        }
    }

    private IEnumerable<(string Subject, string Path)> Folders(ParseResult parsed)
    {
        var (data, output) = (parsed.GetValue(_data), parsed.GetValue(_out));
        if (data is null && output is null)
        {
            yield return ("disk", Directory.GetCurrentDirectory());
        }

        if (data is not null)
        {
            yield return ("data", data);
        }

        if (output is not null)
        {
            yield return ("out", output);
        }
    }
}
