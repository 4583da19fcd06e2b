using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Commits;
using SpexStream.Journal.Reading;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Sqlite;

/// <summary>
/// All that writes, on the writing connection, inside of the transaction that <see cref="SqliteGroupCommit"/> holds.
/// Each operation refuses before its first statement that writes. For one thread.
/// </summary>
internal sealed class WriteSession(SqliteConnection connection, JournalPlace place) : IWriteSession, IDisposable
{
    private readonly Statement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly Statement _commit = new(connection, "COMMIT");
    private readonly Statement _rollback = new(connection, "ROLLBACK");
    private readonly Statement _flushing = new(connection, "PRAGMA synchronous = FULL");
    private readonly Statement _trusting = new(connection, "PRAGMA synchronous = NORMAL");
    private readonly Statement _nextEpoch = new(connection, "UPDATE epochs SET last = last + 1 RETURNING last");
    private readonly Statement _scene = new(connection, $"SELECT {SceneRow.Columns} FROM scenes WHERE name = $1");
    private readonly Statement _putScene = new(
        connection, $"REPLACE INTO scenes ({SceneRow.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");

    private readonly Statement _putFact = new(
        connection, $"INSERT INTO facts (scene, {FactRow.Columns}) VALUES ($1, $2, $3, $4, $5, $6)");

    private readonly Statement _endRun = new(connection, "UPDATE runs SET ended_at = $2 WHERE number = $1");
    private readonly Statement _waits = new(connection, "SELECT 1 FROM outbox WHERE scene = $1 LIMIT 1");
    private readonly Statement _dropFacts = new(connection, "DELETE FROM facts WHERE scene = $1");
    private readonly Statement _dropEvents = new(connection, "DELETE FROM events WHERE scene = $1");
    private readonly Statement _dropScene = new(connection, "DELETE FROM scenes WHERE name = $1");
    private readonly OutboxTable _outbox = new(connection);
    private bool? _isFlushing;

    /// <summary>Told of messages that are committed.</summary>
    public Bell Added { get; } = new();

    /// <summary>Begins a transaction, whose commit is flushed to the disk or not.</summary>
    public void Begin(bool flushed)
    {
        if (_isFlushing != flushed)
        {
            (flushed ? _flushing : _trusting).Run();
            _isFlushing = flushed;
        }

        _begin.Run();
        _outbox.HasGrown = false;
    }

    public void Commit() => _commit.Run();

    /// <summary>Ends the transaction without a trace (on many errors SQLite has done so already); false when it
    /// cannot.</summary>
    public bool TryRollback()
    {
        try
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                _rollback.Run();
            }

            return true;
        }
        catch (SqliteException)
        {
            // What made the transaction fail is the cause to tell; this only says that nothing can be written after it.
            return false;
        }
    }

    /// <summary>Wakes those who wait for messages, if the last transaction brought any.</summary>
    public void Announce()
    {
        if (_outbox.HasGrown)
        {
            Added.Ring();
        }
    }

    /// <summary>The scene under a new epoch.</summary>
    public SceneListing TakeEpoch(SceneId scene)
    {
        var known = Find(scene) ?? new SceneListing(scene, 0);
        var taken = known with { Epoch = (long)_nextEpoch.Value()! };
        _putScene.Run(SceneRow.Values(taken));
        return taken;
    }

    public long Append(SceneId scene, long epoch, EncodedAppend append)
    {
        var listing = Find(scene);
        if (listing?.Epoch != epoch)
        {
            throw new StaleEpochException(scene, epoch, listing?.Epoch);
        }

        var unsaid = _outbox.Unsaid(scene.Value, append.Messages);
        foreach (var (fact, body) in append.Facts.Zip(append.Bodies))
        {
            listing = listing.With(new(listing.LastSequence + 1, epoch, Times.Read(append.At), fact));
            var seal = FactRow.SealOf(scene, listing.LastSequence, epoch, append.At, body);
            _putFact.Run(scene.Value, listing.LastSequence, epoch, append.At, body, seal);
        }

        if (!append.Facts.IsEmpty)
        {
            _putScene.Run(SceneRow.Values(listing));
        }

        _outbox.Add(scene.Value, append.At, unsaid);
        return listing.LastSequence;
    }

    /// <summary>Adds messages that belong to no scene.</summary>
    public long Post(EncodedAppend append)
    {
        _outbox.Add(string.Empty, append.At, _outbox.Unsaid(string.Empty, append.Messages));
        return 0;
    }

    public int SetAside(ImmutableArray<DamagedMessage> damaged, long at) => _outbox.SetAside(damaged, at);

    public int DeleteMessages(ImmutableArray<long> keys) => _outbox.Delete(keys);

    public ForgetOutcome Forget(SceneId scene)
    {
        if (Find(scene) is not { } listing)
        {
            return ForgetOutcome.Unknown;
        }

        if (listing is { Standing: SceneStanding.Open, LastSequence: > 0 })
        {
            return ForgetOutcome.StillOpen;
        }

        if (_waits.Value(scene.Value) is not null)
        {
            return ForgetOutcome.MessagesWait;
        }

        _dropFacts.Run(scene.Value);
        _dropEvents.Run(scene.Value);
        _dropScene.Run(scene.Value);
        return ForgetOutcome.Forgotten;
    }

    public int EndRun(long number, DateTimeOffset now) => _endRun.Run(number, now.UtcTicks);

    public void Dispose()
    {
        _outbox.Dispose();
        Statement[] all =
        [
            _begin, _commit, _rollback, _flushing, _trusting, _nextEpoch, _scene, _putScene, _putFact, _endRun, _waits,
            _dropFacts, _dropEvents, _dropScene,
        ];
        Array.ForEach(all, statement => statement.Dispose());
    }

    private SceneListing? Find(SceneId scene)
    {
        using var rows = _scene.Rows(scene.Value);
        return rows.Read() ? SceneRow.Read(rows, place) : null;
    }
}
