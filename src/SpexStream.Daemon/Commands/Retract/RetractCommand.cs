using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Identity;

namespace SpexStream.Daemon.Commands.Retract;

/// <summary>retract: withdraws products, and with them what was derived from them.</summary>
internal sealed class RetractCommand
{
    private readonly BrokerOptions _broker = new();
    private readonly CheckedOption<StationId> _station = Texts.Station("--station", "Id of the station");
    private readonly CheckedOption<SceneId?> _scene =
        Texts.Scene("--scene", "The one scene whose product goes", "none");

    private readonly CheckedOption<string?> _model = new(
        "--model", "Products that this model made", "12 to 64 hex digits of its SHA-256", "none", RetractChoice.IsHash);

    private readonly CheckedOption<DateTimeOffset?> _from =
        Times.Instant("--from", "Products of scenes sensed at or after this time", "none");

    private readonly CheckedOption<DateTimeOffset?> _to =
        Times.Instant("--to", "Products of scenes sensed at or before this time", "none");

    private readonly JournalOptions _journal = new();

    private readonly CheckedOption<string?> _out =
        Texts.Folder("--out", "Folder of the products, whose items name their models; with --model", "none");

    private readonly CheckedOption<string> _reason =
        Texts.Name("--reason", "Why, for subscribers", "withdrawn by an operator");

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Tell which products, and do nothing." };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object per product." };

    public Command Build()
    {
        var command = new Command(
            "retract",
            "Withdraw products: subscribers are told, and alerts that rest on them are judged anew. The running daemon "
            + "does it, by command.\nExample: spexstream retract --broker mqtt://localhost:1883 --station no-svalbard "
            + "--from 2026-05-01T00:00:00Z --to 2026-05-02T00:00:00Z --data /var/lib/spexstream --dry-run");
        _broker.AddTo(command);
        foreach (Option option in new Option[] { _station, _scene, _model, _from, _to })
        {
            command.Options.Add(option);
        }

        _journal.AddTo(command);
        foreach (Option option in new Option[] { _out, _reason, _dryRun, _json })
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var choice = new RetractChoice(
            parsed.GetValue(_scene), parsed.GetValue(_model), parsed.GetValue(_from), parsed.GetValue(_to));
        var output = parsed.GetValue(_out);
        if (choice.Fault(_journal.AreGiven(parsed), output) is { } fault)
        {
            throw new CommandException(fault, CommandException.Misused);
        }

        var found = await FindAsync(parsed, choice, output, cancellation);
        var report = new RetractReport(parsed.GetValue(_json));
        if (parsed.GetValue(_dryRun))
        {
            report.Plan(found.Targets);
            report.Pass(found.Unread);
            return End(found, 0);
        }

        await using var connection = await _broker.ConnectAsync(parsed, cancellation);
        var caller = await CommandCaller.OpenAsync(connection, parsed.GetValue(_station), cancellation);
        foreach (var target in found.Targets)
        {
            var answer = await caller.AskAsync(
                "retract", target.Arguments(parsed.GetValue(_reason)!), cancellation);
            report.Show(target, answer);
        }

        report.Pass(found.Unread);
        return End(found, report.Failures);
    }

    private static int End(RetractFinding found, int failures)
    {
        string[] faults =
        [
            .. failures == 0 ? [] : new[] { $"{failures} of {found.Targets.Length} were not withdrawn." },
            .. found.Unread.IsEmpty ? [] : new[] { $"{found.Unread.Length} products could not be looked at and stay." },
        ];
        return faults.Length == 0 ? 0 : throw new CommandException(string.Join(' ', faults));
    }

    private async Task<RetractFinding> FindAsync(
        ParseResult parsed, RetractChoice choice, string? output, CancellationToken cancellation)
    {
        // A withdrawal leaves it to the daemon, which knows best; a trial has nobody else to ask.
        if (choice.Scene is { } scene && !(parsed.GetValue(_dryRun) && _journal.AreGiven(parsed)))
        {
            return new([new(scene, null, null)], []);
        }

        await using var journal = _journal.OpenToRead(parsed);
        return await choice.FindAsync(journal, output, cancellation);
    }
}
