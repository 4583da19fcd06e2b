using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Settings;
using SpexStream.Journal.Postgres;
using SpexStream.Journal.Reading;
using SpexStream.Journal.Sqlite;

namespace SpexStream.Daemon.Commands;

/// <summary>How a verb reads the journal of a daemon that may run, whichever it is.</summary>
internal sealed class JournalOptions
{
    private readonly CheckedOption<string?> _data = Texts.Folder(
        "--data", "Folder of the daemon's data, whose journal knows the scenes; with --model, --from or --to", "none");

    private readonly CheckedOption<PostgresAddress?> _journal = new(
        "--journal", "Database of a shared journal, in place of --data", JournalAddress.DatabaseRule, "none",
        JournalAddress.TryParse)
    {
        HidesValue = true,
    };

    private readonly CheckedOption<string?> _passwordFile =
        Texts.File("--journal-password-file", "File with its password");

    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_journal);
        command.Options.Add(_passwordFile);
    }

    /// <summary>Whether one was named.</summary>
    public bool AreGiven(ParseResult parsed) =>
        parsed.GetValue(_data) is not null || parsed.GetValue(_journal) is not null;

    /// <summary>The journal that was named, for reading; the caller disposes it.</summary>
    /// <exception cref="CommandException">It is not there, or its password cannot be read.</exception>
    public JournalReader OpenToRead(ParseResult parsed)
    {
        if (parsed.GetValue(_journal) is { } database)
        {
            return PostgresJournal.OpenToRead(
                new() { Address = With(database, parsed.GetValue(_passwordFile)), Node = "cli", Readers = 1 });
        }

        var path = OpenedJournal.PathIn(parsed.GetValue(_data)!);
        return File.Exists(path) ? SqliteJournal.OpenToRead(new() { Path = path })
            : throw new CommandException(
                $"{path} is not there; give the daemon's --data", CommandException.Misused);
    }

    private static PostgresAddress With(PostgresAddress database, string? passwordFile)
    {
        try
        {
            return passwordFile is null ? database : database.With(File.ReadAllText(passwordFile).Trim());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--journal-password-file: {fault.Message}", CommandException.Misused);
        }
    }
}
