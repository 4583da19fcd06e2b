using SpexStream.Daemon.Files;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Reliability;
using SpexStream.Journal.Postgres;
using SpexStream.Journal.Sqlite;

namespace SpexStream.Daemon.Composition;

/// <summary>The journal of the daemon, whichever it is.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Place">Where it lies, for the log.</param>
/// <param name="QueuedWrites">Writes that wait, for a gauge.</param>
/// <param name="Writes">Writes asked for and not answered.</param>
/// <param name="Data">The right to the data folder.</param>
internal sealed record OpenedJournal(
    ISceneJournal Journal, string Place, Func<int> QueuedWrites, StageTally Writes, DataLock Data) : IAsyncDisposable
{
    /// <summary>What nodes share; null where there is one.</summary>
    public PostgresJournal? Shared { get; private init; }

    /// <summary>The file of the embedded journal.</summary>
    public static string PathIn(string data) => Path.Combine(Path.GetFullPath(data), "journal.db");

    /// <summary>Opens the one that the settings name, and takes the data folder.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="node">This node.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onSetAside">Told of each damaged message.</param>
    /// <param name="onTrouble">Told of each time that the database does not answer.</param>
    /// <param name="onAwaited">Told that other nodes are given so long to come back.</param>
    /// <exception cref="IOException">Another daemon has the data folder.</exception>
    /// <exception cref="JournalException">The journal is another's, or does not answer.</exception>
    public static OpenedJournal Open(
        RunSettings settings, string node, TimeProvider time, Action<long, string> onSetAside,
        Action<string> onTrouble, Action<TimeSpan> onAwaited)
    {
        var data = Path.GetFullPath(settings.Data!);
        if (settings.Journal != JournalAddress.Embedded)
        {
            // Before other nodes see this one.
            var taken = DataLock.Take(data);
            var shared = PostgresJournal.Open(
                new()
                {
                    Address = Address(settings),
                    Node = node,
                    Terms = GroupAdvice.Terms(settings),
                    Keeping = settings.Runtime == RuntimeName.Akka ? SceneKeeping.ByShard : SceneKeeping.ByLease,
                    QueueCapacity = settings.JournalWrites,
                    OnSetAside = onSetAside,
                    OnTrouble = onTrouble,
                    OnOthersAwaited = onAwaited,
                },
                time);
            return new(shared, settings.Journal, () => shared.QueuedWrites, shared.Writes, taken) { Shared = shared };
        }

        var file = SqliteJournal.Open(
            new()
            {
                Path = PathIn(settings.Data!),
                QueueCapacity = settings.JournalWrites,
                OnSetAside = onSetAside,
            },
            time);
        return new(file, PathIn(settings.Data!), () => file.QueuedWrites, file.Writes, DataLock.Take(data));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        Data.Dispose();
    }

    private static PostgresAddress Address(RunSettings settings)
    {
        var address = PostgresAddress.Parse(settings.Journal);
        var password = settings.JournalPasswordFile is { } file ? File.ReadAllText(file).Trim()
            : settings.JournalPassword;
        return password is null ? address : address.With(password);
    }
}
