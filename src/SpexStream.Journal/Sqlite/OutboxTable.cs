using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using SpexStream.Journal.Reading;
using SpexStream.Journal.Rows;
using SpexStream.Journal.Sealing;

namespace SpexStream.Journal.Sqlite;

/// <summary>
/// Writes messages. Which ids a scene has used is remembered as long as the scene, also when the message is gone; a
/// message of no scene is remembered while it waits.
/// </summary>
internal sealed class OutboxTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement _said = new(connection, "SELECT digest FROM events WHERE scene = $1 AND id = $2");
    private readonly Statement _waiting = new(
        connection, "SELECT digest FROM outbox WHERE scene = '' AND event_id = $1");
    private readonly Statement _say = new(connection, "INSERT INTO events (scene, id, digest) VALUES ($1, $2, $3)");
    private readonly Statement _delete = new(connection, "DELETE FROM outbox WHERE key = $1");
    private readonly Statement _setAside = new(
        connection, "INSERT OR IGNORE INTO set_aside (key, at, reason) VALUES ($1, $2, $3)");

    private readonly Statement _put = new(
        connection,
        $"INSERT INTO outbox ({OutboxRow.Columns}) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)");

    /// <summary>Whether a message was added since this was set to false.</summary>
    public bool HasGrown { get; set; }

    /// <summary>The messages that were not said before, each once. Writes nothing.</summary>
    public List<SealedMessage> Unsaid(string scene, ImmutableArray<SealedMessage> messages)
    {
        var unsaid = new List<SealedMessage>(messages.Length);
        foreach (var message in messages)
        {
            var id = message.Message.EventId;
            if (id.Length == 0 || !(IsSaid(scene, id) || unsaid.Exists(other => other.Message.EventId == id)))
            {
                unsaid.Add(message);
            }
        }

        return unsaid;
    }

    public void Add(string scene, long at, List<SealedMessage> messages)
    {
        foreach (var message in messages)
        {
            if (scene.Length > 0 && message.Message.EventId.Length > 0)
            {
                _say.Run(scene, message.Message.EventId, message.Digest);
            }

            _put.Run(OutboxRow.Values(scene, at, message));
            HasGrown = true;
        }
    }

    /// <summary>Marks messages that are not what was written; the rows stay as they are.</summary>
    public int SetAside(ImmutableArray<DamagedMessage> damaged, long at) =>
        damaged.Sum(message => _setAside.Run(message.Key, at, message.Reason));

    public int Delete(ImmutableArray<long> keys) => keys.Sum(key => _delete.Run(key));

    public void Dispose()
    {
        Statement[] all = [_said, _waiting, _say, _delete, _setAside, _put];
        Array.ForEach(all, statement => statement.Dispose());
    }

    private bool IsSaid(string scene, string id) =>
        (scene.Length == 0 ? _waiting.Value(id) : _said.Value(scene, id)) is not null;
}
