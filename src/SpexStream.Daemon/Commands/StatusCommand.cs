using System.CommandLine;
using System.Net;
using System.Text.Json;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Daemon.Settings;
using SpexStream.Daemon.Status;

namespace SpexStream.Daemon.Commands;

/// <summary>status: what the daemon of this machine does.</summary>
internal sealed class StatusCommand
{
    private readonly DaemonAddress _address = new();

    private readonly CheckedOption<string?> _token = Texts.File(
        "--token-file", "File with the console's token", "SPEX_CONSOLETOKENFILE, else none");

    private readonly Option<bool> _json = new(
        "--json")
    { Description = "One JSON object, as docs/status.md tells it." };

    public Command Build()
    {
        var command = new Command(
            "status",
            "Show what the daemon of this machine does: scenes at work, queues, devices, open alerts, last errors.\n"
            + "Example: spexstream status --http 8090");
        _address.AddTo(command);
        command.Options.Add(_token);
        command.Options.Add(_json);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var place = _address.Of(parsed, "/status");
        var file = parsed.GetValue(_token) ?? DaemonAddress.Environment().ConsoleTokenFile;
        var (status, body) = await DaemonQuestion.AskAsync(
            place, file is null ? null : TokenFile.Read(file), cancellation);
        if (status != HttpStatusCode.OK)
        {
            throw new CommandException(status == HttpStatusCode.NotFound
                ? $"{place} is switched off there (Console)"
                : $"{place} answers {(int)status}: {body.Trim().ReplaceLineEndings(" ")}");
        }

        if (parsed.GetValue(_json))
        {
            Terminal.Out.WriteLine(body.TrimEnd());
            return 0;
        }

        var report = JsonSerializer.Deserialize(body, StatusJson.Default.StationReport)
            ?? throw new CommandException($"{place} answers with nothing");
        foreach (var line in StatusText.Of(report))
        {
            Terminal.Out.WriteLine(line);
        }

        return 0;
    }
}
