using System.Collections.Immutable;
using Npgsql;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Reliability;
using SpexStream.Journal.Commits;
using SpexStream.Journal.Reading;

namespace SpexStream.Journal.Postgres;

/// <summary>The journal that several machines share: a PostgreSQL database, one writing thread and a few connections
/// for each process.</summary>
public sealed class PostgresJournal : ISceneJournal, IJournalNews
{
    private const int BytesOfWrite = 128;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _claims;
    private readonly PostgresListener _listener;
    private readonly PostgresGroupCommit _group;
    private readonly CommitLoop _commits;
    private readonly JournalReader _reader;
    private readonly PostgresSessions _sessions;
    private readonly Bell _outbox = new();
    private readonly NewsDesk _news;
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private int _disposed;

    private PostgresJournal(
        PostgresJournalOptions options, NpgsqlDataSource source, NpgsqlDataSource claims, NpgsqlConnection claimed,
        JournalRun run, TimeProvider time)
    {
        (_source, _claims, _time, Run, _news) = (source, claims, time, run, new NewsDesk(LookAgain, time));
        var place = PostgresErrors.Place(options.Address.Name);
        var self = new NodeRun(options.Node, run.Number);
        _group = new(source, place, self, time, _outbox, options.OnTrouble, _stop.Token);
        _commits = new CommitLoop(options.Bounds, place.Name, _group);
        var readers = Pool(options, source);
        _reader = new JournalReader(readers);
        Outbox = new JournalOutbox(_commits, readers, _outbox, time, options.OnSetAside, LookAgain);
        _sessions = new PostgresSessions(source, place, options.Sessions, time);
        Leases = new PostgresLeases(_sessions, _commits, self, _news);
        Inbox = new PostgresInbox(
            _sessions, _commits, options.InboxPerScene, _news, time, options.OnSetAside);
        Tiles = new PostgresTiles(_sessions, self, _news);
        Settled = new PostgresSettled(_sessions);
        _listener = new PostgresListener(claims, options, claimed, time, Hear, _commits.Forbid);
    }

    /// <inheritdoc/>
    public JournalRun Run { get; }

    /// <inheritdoc/>
    public IJournalOutbox Outbox { get; }

    /// <summary>Who owns which scene.</summary>
    public ISceneLeases Leases { get; }

    /// <summary>Strips for scenes that other nodes own.</summary>
    public IStripInbox Inbox { get; }

    /// <summary>Tiles that every node may work.</summary>
    public ITileBoard Tiles { get; }

    /// <summary>Announcements that nodes have settled.</summary>
    public ISettledAnnouncements Settled { get; }

    /// <summary>Ends, with the reason, when nothing can be written any more until the journal is opened anew.</summary>
    public Task<JournalException> Broken => _commits.Broken;

    /// <summary>Whether, when it was opened, a node was there whose <see cref="PostgresJournalOptions.Terms"/> are
    /// others.</summary>
    public bool OthersDiffer { get; private init; }

    /// <summary>Writes that wait for the database; for a gauge.</summary>
    public int QueuedWrites => _commits.Depth;

    /// <summary>Writes asked for and not answered.</summary>
    public StageTally Writes => _commits.Tally;

    /// <summary>Opens the journal, or makes it. Blocks on the network, for seconds at most, or for minutes while
    /// another process makes the tables.</summary>
    /// <exception cref="JournalException">It cannot be opened; what is there was left as it is.</exception>
    public static PostgresJournal Open(PostgresJournalOptions options, TimeProvider time) =>
        Open(options, time, PostgresSchema.Steps);

    /// <inheritdoc cref="Open(PostgresJournalOptions, TimeProvider)"/>
    internal static PostgresJournal Open(
        PostgresJournalOptions options, TimeProvider time, ImmutableArray<string> steps)
    {
        options.Check();
        var name = options.Address.Name;
        var (source, claims) = (PostgresSource.Open(options), PostgresSource.OpenSingle(options));
        NpgsqlConnection? connection = null;
        try
        {
            connection = claims.OpenConnection();
            if (PostgresMigration.Look(connection, name, steps.Length) > 0)
            {
                PostgresNode.LetOthersReturn(connection, options, time);
            }

            // Before anything is changed: a node that is refused must not bring the others a schema they cannot read.
            PostgresNode.Claim(connection, options);
            PostgresMigration.Bring(connection, name, steps, time);
            var differ = options.Terms is { } terms && PostgresTerms.SayAndCompare(connection, terms);
            var run = PostgresNode.Begin(connection, options.Node, time.GetUtcNow());
            return new(options, source, claims, connection, run, time) { OthersDiffer = differ };
        }
        catch (Exception trouble) when (trouble is JournalException || PostgresErrors.IsForeign(trouble, connection))
        {
            connection?.Dispose();
            source.Dispose();
            claims.Dispose();
            throw trouble as JournalException ?? PostgresErrors.AtOpening(PostgresErrors.Foreign(trouble), name);
        }
    }

    /// <summary>Opens a journal that is there, for reading only; others may write it meanwhile.</summary>
    /// <exception cref="JournalException">It is not there, or cannot be read by this program.</exception>
    public static JournalReader OpenToRead(PostgresJournalOptions options)
    {
        options.Check();
        var source = PostgresSource.Open(options);
        NpgsqlConnection? connection = null;
        try
        {
            connection = source.OpenConnection();
            PostgresMigration.CheckToRead(connection, options.Address.Name);
            connection.Dispose();
            return new(Pool(options, source), source);
        }
        catch (Exception trouble) when (trouble is JournalException || PostgresErrors.IsForeign(trouble, connection))
        {
            connection?.Dispose();
            source.Dispose();
            throw trouble as JournalException
                ?? PostgresErrors.AtOpening(PostgresErrors.Foreign(trouble), options.Address.Name);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ISceneWriter> OpenWriterAsync(SceneId scene, CancellationToken cancellation = default)
    {
        var opened = await WriteAsync(
            new() { Scene = scene.Value, TakesEpoch = true }, session => session.TakeEpoch(scene), cancellation)
            .ConfigureAwait(false);
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
    public ValueTask<ImmutableArray<SceneListing>> ListClosedSinceAsync(
        DateTimeOffset since, int limit, CancellationToken cancellation = default) =>
        _reader.ListClosedSinceAsync(since, limit, cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableHashSet<SceneId>> ListUnacknowledgedAsync(CancellationToken cancellation = default) =>
        _reader.ListUnacknowledgedAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask WaitForFactsAsync(SceneId scene, long after, CancellationToken cancellation) => _news.WaitAsync(
        News.Facts(scene.Value),
        async stop => (await FindAsync(scene, stop).ConfigureAwait(false))?.LastSequence > after, cancellation);

    /// <inheritdoc/>
    public async ValueTask<ForgetOutcome> ForgetAsync(SceneId scene, CancellationToken cancellation = default) =>
        await WriteAsync(
            new() { Scene = scene.Value, Forgets = true }, session => session.Forget(scene), cancellation)
            .ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask EndRunAsync(CancellationToken cancellation = default) =>
        await WriteAsync(WriteSubject.Nothing, session => session.EndRun(Run.Number, _time.GetUtcNow()), cancellation)
            .ConfigureAwait(false);

    /// <summary>Writes what waits, if the database answers, then gives all connections back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        // What waits is written once more, without patience.
        await _stop.CancelAsync().ConfigureAwait(false);
        await _commits.DisposeAsync().ConfigureAwait(false);
        _group.Dispose();
        await _listener.DisposeAsync().ConfigureAwait(false);
        await _reader.DisposeAsync().ConfigureAwait(false);
        // Who still waits looks once more, and finds the journal closed.
        Hear(null);
        await _source.DisposeAsync().ConfigureAwait(false);
        await _claims.DisposeAsync().ConfigureAwait(false);
        _sessions.Dispose();
        _stop.Dispose();
    }

    private static ReaderPool Pool(PostgresJournalOptions options, NpgsqlDataSource source)
    {
        var place = PostgresErrors.Place(options.Address.Name);
        return new(
            options.Readers, () => new ReadSession(source.OpenConnection(), place),
            error => PostgresErrors.Translate(error, place.Name));
    }

    private void Hear(string? news)
    {
        switch (news)
        {
            case null:
                _outbox.Ring();
                _news.RaiseAll();
                break;
            case News.Messages:
                _outbox.Ring();
                break;
            default:
                _news.Raise(news);
                break;
        }
    }

    private Task<T> WriteAsync<T>(
        WriteSubject subject, Func<IWriteSession, T> work, CancellationToken cancellation) =>
        _commits.WriteAsync(subject, work, Durability.PowerCut, BytesOfWrite, cancellation);
}
