using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Reliability;

namespace SpexStream.Journal.Sqlite;

/// <summary>The embedded journal: one SQLite file, one writing thread, a few reading connections.</summary>
public sealed class SqliteJournal : ISceneJournal
{
    private const int BytesOfWrite = 128;

    private readonly JournalLock _lock;
    private readonly SqliteConnection _connection;
    private readonly WriteSession _session;
    private readonly CommitLoop _commits;
    private readonly SqliteJournalReader _reader;
    private readonly TimeProvider _time;
    private int _disposed;

    private SqliteJournal(
        SqliteJournalOptions options, JournalLock taken, JournalFile file, SqliteConnection connection,
        TimeProvider time)
    {
        (_lock, _connection, _time) = (taken, connection, time);
        Run = RunTable.Begin(connection, time.GetUtcNow());
        _session = new WriteSession(connection, options.Path);
        _commits = new CommitLoop(options, _session);
        var readers = new ReaderPool(file, options.Path, options.Readers);
        _reader = new SqliteJournalReader(readers);
        Outbox = new SqliteOutbox(_commits, readers, _session.Signal, time, options.OnSetAside);
    }

    /// <inheritdoc/>
    public JournalRun Run { get; }

    /// <inheritdoc/>
    public IJournalOutbox Outbox { get; }

    /// <summary>Writes that wait for the disk; for a gauge.</summary>
    public int QueuedWrites => _commits.Depth;

    /// <summary>Writes asked for and not answered.</summary>
    public StageTally Writes => _commits.Tally;

    /// <summary>Opens the journal, or makes it. Blocks on the disk, for about the time of the check at most.</summary>
    /// <exception cref="JournalException">It cannot be opened; what is there was left as it is.</exception>
    public static SqliteJournal Open(SqliteJournalOptions options, TimeProvider time) =>
        Open(options, time, JournalSchema.Steps);

    /// <inheritdoc cref="Open(SqliteJournalOptions, TimeProvider)"/>
    internal static SqliteJournal Open(SqliteJournalOptions options, TimeProvider time, ImmutableArray<string> steps)
    {
        options.Check();
        var taken = JournalLock.Take(options.Path);
        SqliteConnection? connection = null;
        try
        {
            var file = new JournalFile(options.Path, options.BusyTimeout, steps);
            connection = file.OpenToWrite(options.CheckLimit, time);
            return new SqliteJournal(options, taken, file, connection, time);
        }
        catch (SqliteException error)
        {
            connection?.Dispose();
            taken.Dispose();
            throw SqliteErrors.Translate(error, options.Path);
        }
        catch (JournalException)
        {
            taken.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ISceneWriter> OpenWriterAsync(SceneId scene, CancellationToken cancellation = default)
    {
        var opened = await WriteAsync(session => session.TakeEpoch(scene), cancellation).ConfigureAwait(false);
        return new SqliteSceneWriter(_commits, opened);
    }

    /// <inheritdoc/>
    public ValueTask<SceneListing?> FindAsync(SceneId scene, CancellationToken cancellation = default) =>
        _reader.FindAsync(scene, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedFact> ReadAsync(
        SceneId scene, long after = 0, CancellationToken cancellation = default) =>
        _reader.ReadAsync(scene, after, cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<SceneListing>> ListOpenAsync(CancellationToken cancellation = default) =>
        _reader.ListOpenAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<SceneListing>> ListClosedAsync(
        DateTimeOffset before, int limit, CancellationToken cancellation = default) =>
        _reader.ListClosedAsync(before, limit, cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableHashSet<SceneId>> ListUnacknowledgedAsync(CancellationToken cancellation = default) =>
        _reader.ListUnacknowledgedAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask<ForgetOutcome> ForgetAsync(SceneId scene, CancellationToken cancellation = default) =>
        await WriteAsync(session => session.Forget(scene), cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask EndRunAsync(CancellationToken cancellation = default) =>
        await WriteAsync(session => session.EndRun(Run.Number, _time.GetUtcNow()), cancellation).ConfigureAwait(false);

    /// <summary>Writes what waits, then closes the file and gives its lock back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _commits.DisposeAsync().ConfigureAwait(false);
        await _reader.DisposeAsync().ConfigureAwait(false);
        // Who still waits for messages looks once more, and finds the journal closed.
        _session.Signal.Raise();
        _session.Dispose();
        await _connection.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    private Task<T> WriteAsync<T>(Func<WriteSession, T> work, CancellationToken cancellation) =>
        _commits.WriteAsync(work, Durability.PowerCut, BytesOfWrite, cancellation);
}
