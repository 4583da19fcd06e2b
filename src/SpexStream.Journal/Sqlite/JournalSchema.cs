using System.Collections.Immutable;

namespace SpexStream.Journal.Sqlite;

/// <summary>The tables, as steps from each version of the file to the next. A step that was released never
/// changes.</summary>
internal static class JournalSchema
{
    /// <summary>Marks the file as a journal: "SpxJ" in ASCII.</summary>
    public const int ApplicationId = 0x5370784A;

    /// <summary>Step i leads from version i to version i + 1.</summary>
    public static ImmutableArray<string> Steps { get; } =
    [
        """
        CREATE TABLE scenes (
          name TEXT NOT NULL PRIMARY KEY,
          epoch INTEGER NOT NULL,
          last_sequence INTEGER NOT NULL,
          standing INTEGER NOT NULL,
          opened_at INTEGER NOT NULL,
          stands_since INTEGER NOT NULL,
          deadline INTEGER,
          priority INTEGER NOT NULL,
          revision INTEGER NOT NULL,
          folder TEXT,
          seal INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX scenes_by_standing ON scenes (standing, stands_since);

        CREATE TABLE facts (
          scene TEXT NOT NULL,
          sequence INTEGER NOT NULL,
          epoch INTEGER NOT NULL,
          at INTEGER NOT NULL,
          body BLOB NOT NULL,
          seal INTEGER NOT NULL,
          PRIMARY KEY (scene, sequence)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE events (
          scene TEXT NOT NULL,
          id TEXT NOT NULL,
          digest BLOB NOT NULL,
          PRIMARY KEY (scene, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE outbox (
          key INTEGER PRIMARY KEY AUTOINCREMENT,
          scene TEXT NOT NULL,
          at INTEGER NOT NULL,
          event_id TEXT NOT NULL,
          event_type TEXT NOT NULL,
          topic TEXT NOT NULL,
          content_type TEXT,
          properties BLOB NOT NULL,
          payload BLOB NOT NULL,
          qos INTEGER NOT NULL,
          retain INTEGER NOT NULL,
          is_text INTEGER NOT NULL,
          expiry INTEGER,
          digest BLOB NOT NULL,
          seal INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX outbox_by_event ON outbox (scene, event_id);

        CREATE TABLE epochs (one INTEGER PRIMARY KEY CHECK (one = 1), last INTEGER NOT NULL) STRICT;
        INSERT INTO epochs VALUES (1, 0);

        CREATE TABLE runs (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          started_at INTEGER NOT NULL,
          ended_at INTEGER
        ) STRICT;
        """,
        """
        CREATE TABLE set_aside (key INTEGER PRIMARY KEY, at INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
        """,
    ];
}
