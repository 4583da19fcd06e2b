using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Rows;

namespace SpexStream.Journal.Reading;

/// <summary>All that reads, on a connection of its own. For one thread at a time.</summary>
internal sealed class ReadSession(DbConnection connection, JournalPlace place) : IDisposable
{
    // What was set aside is never sent.
    private const string Sound = "key NOT IN (SELECT key FROM set_aside)";

    // Streams of other facts are no scenes.
    private const string OfScenes = "name NOT LIKE 'spex-stream.%'";

    private readonly Statement _scene = new(
        connection, $"SELECT {SceneRow.Columns} FROM scenes WHERE name = $1 AND last_sequence > 0");

    private readonly Statement _open = new(
        connection,
        $"SELECT {SceneRow.Columns} FROM scenes WHERE standing = 0 AND last_sequence > 0 AND {OfScenes} "
        + "ORDER BY deadline NULLS LAST, priority DESC, opened_at, name");

    private readonly Statement _closed = new(
        connection,
        $"SELECT {SceneRow.Columns} FROM scenes WHERE standing > 0 AND stands_since < $1 AND {OfScenes} "
        + "ORDER BY stands_since, name LIMIT $2");

    private readonly Statement _closedSince = new(
        connection,
        $"SELECT {SceneRow.Columns} FROM scenes WHERE standing > 0 AND stands_since >= $1 AND {OfScenes} "
        + "ORDER BY stands_since DESC, name LIMIT $2");

    private readonly Statement _closedBehind = new(
        connection,
        $"SELECT {SceneRow.Columns} FROM scenes WHERE standing > 0 AND (stands_since, name) > ($1, $2) AND {OfScenes} "
        + "ORDER BY stands_since, name LIMIT $3");

    private readonly Statement _facts = new(
        connection,
        $"SELECT {FactRow.Columns} FROM facts WHERE scene = $1 AND sequence > $2 ORDER BY sequence LIMIT $3");

    private readonly Statement _messages = new(
        connection, $"SELECT key, {OutboxRow.Columns} FROM outbox WHERE key > $1 AND {Sound} ORDER BY key LIMIT $2");

    // By the index alone; what belongs to no scene has an empty name. A scene whose message was set aside has not said
    // all, and keeps its files.
    private readonly Statement _unacknowledged = new(connection, "SELECT DISTINCT scene FROM outbox WHERE scene <> ''");
    private readonly Statement _anyBehind = new(connection, $"SELECT 1 FROM outbox WHERE key > $1 AND {Sound} LIMIT 1");
    private readonly Statement _count = new(connection, "SELECT count(*) FROM outbox");
    private readonly Statement _oldest = new(connection, $"SELECT at FROM outbox WHERE {Sound} ORDER BY key LIMIT 1");
    private readonly Statement _setAside = new(connection, "SELECT count(*) FROM set_aside JOIN outbox USING (key)");

    /// <summary>Whether its connection can be used again.</summary>
    public bool IsUsable => connection.State == System.Data.ConnectionState.Open;

    public SceneListing? Find(SceneId scene) => Listings(_scene, scene.Value).SingleOrDefault();

    public ImmutableArray<SceneListing> Open() => Listings(_open);

    public ImmutableArray<SceneListing> Closed(DateTimeOffset before, int limit) =>
        Listings(_closed, before.UtcTicks, limit);

    /// <summary>The last closed scenes, and which of them cannot be read.</summary>
    public ListedScenes ClosedSince(DateTimeOffset since, int limit)
    {
        var damaged = ImmutableArray.CreateBuilder<string>();
        var listings = Listings(_closedSince, fault => damaged.Add(fault.Message), since.UtcTicks, limit);
        return new(listings, damaged.ToImmutable());
    }

    /// <summary>The next closed scenes behind one, or the first.</summary>
    public ImmutableArray<SceneListing> ClosedBehind(SceneListing? last, int limit) =>
        Listings(_closedBehind, last?.StandsSince.UtcTicks ?? 0, last?.Scene.Value ?? "", limit);

    public ImmutableArray<RecordedFact> Facts(SceneId scene, long after, int limit)
    {
        var facts = ImmutableArray.CreateBuilder<RecordedFact>();
        using var rows = _facts.Rows(scene.Value, after, limit);
        while (rows.Read())
        {
            var fact = FactRow.Read(rows, scene, place);
            if (fact.Sequence != after + facts.Count + 1)
            {
                throw place.Damaged($"fact {after + facts.Count + 1} of scene {scene} is missing");
            }

            facts.Add(fact);
        }

        return facts.ToImmutable();
    }

    public OutboxPage Messages(long after, int maxEntries, long maxBytes)
    {
        var entries = ImmutableArray.CreateBuilder<OutboxEntry>();
        var damaged = ImmutableArray.CreateBuilder<DamagedMessage>();
        var bytes = 0L;
        using var rows = _messages.Rows(after, maxEntries);
        while ((entries.Count == 0 || bytes < maxBytes) && rows.Read())
        {
            try
            {
                var entry = OutboxRow.Read(rows, place);
                bytes += entry.Message.Payload.Length;
                entries.Add(entry);
            }
            catch (JournalDamagedException cause)
            {
                damaged.Add(new(rows.GetInt64(0), cause.Message));
            }
        }

        return new(entries.ToImmutable(), damaged.ToImmutable());
    }

    public ImmutableHashSet<SceneId> Unacknowledged()
    {
        var scenes = ImmutableHashSet.CreateBuilder<SceneId>();
        using var rows = _unacknowledged.Rows();
        while (rows.Read())
        {
            scenes.Add(SceneId.TryParseStored(rows.GetString(0), out var scene)
                ? scene
                : throw place.Damaged("the id of a message's scene is none"));
        }

        return scenes.ToImmutable();
    }

    public bool HasMessageBehind(long key) => _anyBehind.Value(key) is not null;

    public OutboxDepth Depth()
    {
        var setAside = Number(_setAside);
        return new(Number(_count) - setAside, Times.Read((long?)_oldest.Value())) { SetAside = setAside };
    }

    public void Dispose()
    {
        Statement[] all =
        [
            _scene, _open, _closed, _closedSince, _closedBehind, _facts, _messages, _unacknowledged, _anyBehind,
            _count, _oldest, _setAside,
        ];
        Array.ForEach(all, statement => statement.Dispose());
        connection.Dispose();
    }

    private static long Number(Statement count) => Convert.ToInt64(count.Value(), CultureInfo.InvariantCulture);

    private ImmutableArray<SceneListing> Listings(Statement statement, params ReadOnlySpan<object?> values) =>
        Listings(statement, null, values);

    private ImmutableArray<SceneListing> Listings(
        Statement statement, Action<JournalDamagedException>? onDamaged, params ReadOnlySpan<object?> values)
    {
        var listings = ImmutableArray.CreateBuilder<SceneListing>();
        using var rows = statement.Rows(values);
        while (rows.Read())
        {
            try
            {
                listings.Add(SceneRow.Read(rows, place));
            }
            catch (JournalDamagedException fault) when (onDamaged is not null)
            {
                onDamaged(fault);
            }
        }

        return listings.ToImmutable();
    }
}
