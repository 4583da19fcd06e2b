using System.CommandLine;
using Microsoft.Extensions.Configuration;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Console;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Retention;
using SpexStream.Domain.Telemetry;
using SpexStream.Journal.Sqlite;
using SpexStream.Pipeline.Products;
using SpexStream.Pipeline.Retention;

namespace SpexStream.Daemon.Commands;

/// <summary>retention: what the daemon would delete, or one round of it while no daemon runs.</summary>
internal sealed class RetentionCommand
{
    private readonly CheckedOption<string?> _data = Texts.Folder("--data", "Folder of the daemon's data", null);
    private readonly CheckedOption<string?> _out = Texts.Folder("--out", "Folder of the products", null);

    private readonly CheckedOption<string?> _config =
        Texts.Path("--config", "JSON file with the daemon's settings (docs/settings.md)", "none");

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Tell what would be deleted and what stays, and change nothing; also beside a running daemon.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object." };

    public Command Build()
    {
        var command = new Command(
            "retention",
            "Delete what is old, or what stands in the way when room is short: never what is not published and "
            + "acknowledged. A running daemon does so by itself.\nExample: spexstream retention "
            + "--data /var/lib/spexstream --out /srv/products --dry-run");
        command.Options.Add(_data);
        command.Options.Add(_out);
        command.Options.Add(_config);
        command.Options.Add(_dryRun);
        command.Options.Add(_json);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = Settings(parsed);
        var (places, rules) = (Housekeeping.PlacesOf(settings), RetentionSettings.Rules(settings));
        var journal = new SqliteJournalOptions { Path = OpenedJournal.PathIn(places.DataRoot) };
        if (!File.Exists(journal.Path))
        {
            throw new CommandException(
                $"{journal.Path} is not there: without the journal nobody knows what was published, and nothing is "
                + "deleted; give the daemon's --data",
                CommandException.Misused);
        }

        if (!Directory.Exists(places.OutputRoot))
        {
            throw new CommandException(
                $"--out {places.OutputRoot} is no folder that exists.", CommandException.Misused);
        }

        if (parsed.GetValue(_dryRun))
        {
            await using var reader = SqliteJournal.OpenToRead(journal);
            var plan = await PlanAsync(reader, places, rules, cancellation);
            new RetentionReport(parsed.GetValue(_json)).Show(plan, dryRun: true);
            return 0;
        }

        return await SweepAsync(journal, places, rules, parsed.GetValue(_json), cancellation);
    }

    // The journal's lock keeps a daemon away meanwhile, so that no scene can be opened.
    private static async Task<int> SweepAsync(
        SqliteJournalOptions options, RetentionPlaces places, RetentionRules rules, bool json,
        CancellationToken cancellation)
    {
        await using var journal = Open(options);
        using var owner = OutputOwner.Borrow(places.OutputRoot);
        using var meter = new SpexMeter();
        var faults = 0;
        var job = new RetentionJob(
            new RetentionSurvey(journal, places),
            new RetentionSweep(journal, places, _ => new Unshared(), TimeProvider.System), places, rules, meter,
            TimeProvider.System)
        {
            OnFault = reason =>
            {
                faults++;
                Terminal.Error.WriteLine($"spexstream: {reason.ReplaceLineEndings(" ")}");
            },
        };
        var plan = await job.RoundAsync(cancellation);
        await journal.EndRunAsync(cancellation);
        new RetentionReport(json).Show(plan, dryRun: false);
        return faults == 0 ? 0 : CommandException.Failed;
    }

    private static SqliteJournal Open(SqliteJournalOptions options)
    {
        try
        {
            return SqliteJournal.Open(options, TimeProvider.System);
        }
        catch (JournalRefusedException refused) when (refused.Refusal == JournalRefusal.InUse)
        {
            throw new CommandException($"{refused.Message} A running daemon deletes by itself; --dry-run shows what.");
        }
    }

    private static async Task<RetentionPlan> PlanAsync(
        IJournalReader journal, RetentionPlaces places, RetentionRules rules, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        var items = await new RetentionSurvey(journal, places).TakeAsync(rules, now, cancellation);
        return RetentionPlan.Of(items, places.Volumes(DiskUse.FreeBytes), rules, now);
    }

    private RunSettings Settings(ParseResult parsed)
    {
        var mistakes = new List<string>();
        var configuration = new ConfigurationBuilder();
        if (parsed.GetValue(_config) is { } file)
        {
            configuration.AddConfiguration(SettingsFile.Read(file));
        }

        var settings = SettingsReader.Read(
            configuration.AddEnvironmentVariables(RunCommand.EnvironmentPrefix).Build(), mistakes);
        (settings.Data, settings.Out) = (parsed.GetValue(_data), parsed.GetValue(_out));
        mistakes.AddRange(RetentionSettings.Check(settings));
        return mistakes.Count > 0
            ? throw new CommandException(string.Join("\nspexstream: ", mistakes), CommandException.Misused)
            : settings;
    }

    private sealed class Unshared : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
