using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Reliability;
using SpexStream.Journal.Commits;
using SpexStream.Journal.Reading;

namespace SpexStream.Journal.Sqlite;

/// <summary>The embedded journal: one SQLite file, one writing thread, a few reading connections.</summary>
public sealed class SqliteJournal : ISceneJournal
{
    private const int BytesOfWrite = 128;

    private readonly JournalLock _lock;
    private readonly SqliteConnection _connection;
    private readonly WriteSession _session;
    private readonly CommitLoop _commits;
    private readonly JournalReader _reader;
    private readonly TimeProvider _time;
    private int _disposed;

    private SqliteJournal(
        SqliteJournalOptions options, JournalLock taken, JournalFile file, SqliteConnection connection,
        TimeProvider time)
    {
        (_lock, _connection, _time) = (taken, connection, time);
        Run = RunTable.Begin(connection, time.GetUtcNow());
        _session = new WriteSession(connection, SqliteErrors.Place(options.Path));
        _commits = new CommitLoop(options.Bounds, options.Path, new SqliteGroupCommit(_session, options.Path));
        var readers = Readers(options, file);
        _reader = new JournalReader(readers);
        Outbox = new JournalOutbox(
            _commits, readers, _session.Added, time, options.OnSetAside, Timeout.InfiniteTimeSpan);
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

    /// <summary>Opens a journal that is there, for reading only; another process may write it meanwhile.</summary>
    /// <exception cref="JournalException">It is not there, or cannot be read by this program.</exception>
    public static JournalReader OpenToRead(SqliteJournalOptions options)
    {
        options.Check();
        var file = new JournalFile(options.Path, options.BusyTimeout, JournalSchema.Steps);
        try
        {
            file.CheckToRead();
            return new(Readers(options, file));
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, options.Path);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ISceneWriter> OpenWriterAsync(SceneId scene, CancellationToken cancellation = default)
    {
        var opened = await WriteAsync(session => session.TakeEpoch(scene), cancellation).ConfigureAwait(false);
        return new SceneWriter(_commits, opened);
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
    public ValueTask<ListedScenes> ListClosedSinceAsync(
        DateTimeOffset since, int limit, CancellationToken cancellation = default) =>
        _reader.ListClosedSinceAsync(since, limit, cancellation);

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
        _session.Added.Ring();
        _session.Dispose();
        await _connection.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    private static ReaderPool Readers(SqliteJournalOptions options, JournalFile file) => new(
        options.Readers, () => new ReadSession(file.OpenToRead(), SqliteErrors.Place(options.Path)),
        error => SqliteErrors.Translate((SqliteException)error, options.Path));

    private Task<T> WriteAsync<T>(Func<IWriteSession, T> work, CancellationToken cancellation) =>
        _commits.WriteAsync(WriteSubject.Nothing, work, Durability.PowerCut, BytesOfWrite, cancellation);
}
