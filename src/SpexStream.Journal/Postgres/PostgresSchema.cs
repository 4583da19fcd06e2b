using System.Collections.Immutable;

namespace SpexStream.Journal.Postgres;

/// <summary>The tables, as steps from each version to the next. A step that was released never changes. All lies in the
/// schema "spexstream" of one database.</summary>
internal static class PostgresSchema
{
    public const string Name = "spexstream";

    /// <summary>What is told to other nodes goes here.</summary>
    public const string Channel = "spex_journal";

    /// <summary>First key of the advisory locks of the journal: "SpxJ" in ASCII.</summary>
    public const int LockClass = 0x5370784A;

    /// <summary>First key of the locks on nodes' names.</summary>
    public const int NodeLockClass = LockClass + 1;

    /// <summary>First key of the locks by which nodes say what all should have alike.</summary>
    public const int TermsLockClass = LockClass + 2;

    /// <summary>Step i leads from version i to version i + 1.</summary>
    public static ImmutableArray<string> Steps { get; } =
    [
        """
        CREATE TABLE scenes (
          name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
          epoch BIGINT NOT NULL,
          last_sequence BIGINT NOT NULL,
          standing BIGINT NOT NULL,
          opened_at BIGINT NOT NULL,
          stands_since BIGINT NOT NULL,
          deadline BIGINT,
          priority BIGINT NOT NULL,
          revision BIGINT NOT NULL,
          folder TEXT,
          seal BIGINT NOT NULL
        );
        CREATE INDEX scenes_by_standing ON scenes (standing, stands_since);

        CREATE TABLE facts (
          scene TEXT COLLATE "C" NOT NULL,
          sequence BIGINT NOT NULL,
          epoch BIGINT NOT NULL,
          at BIGINT NOT NULL,
          body BYTEA NOT NULL,
          seal BIGINT NOT NULL,
          PRIMARY KEY (scene, sequence)
        );

        CREATE TABLE events (
          scene TEXT COLLATE "C" NOT NULL,
          id TEXT COLLATE "C" NOT NULL,
          digest BYTEA NOT NULL,
          PRIMARY KEY (scene, id)
        );

        CREATE TABLE outbox (
          key BIGINT NOT NULL PRIMARY KEY,
          scene TEXT COLLATE "C" NOT NULL,
          at BIGINT NOT NULL,
          event_id TEXT COLLATE "C" NOT NULL,
          event_type TEXT NOT NULL,
          topic TEXT NOT NULL,
          content_type TEXT,
          properties BYTEA NOT NULL,
          payload BYTEA NOT NULL,
          qos BIGINT NOT NULL,
          retain BIGINT NOT NULL,
          is_text BIGINT NOT NULL,
          expiry BIGINT,
          digest BYTEA NOT NULL,
          seal BIGINT NOT NULL
        );
        CREATE INDEX outbox_by_event ON outbox (scene, event_id);

        CREATE TABLE set_aside (key BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, reason TEXT NOT NULL);

        -- Rows instead of sequences: whoever counts holds the row until the commit, so that numbers become visible in
        -- their order and none is lost to a rollback.
        CREATE TABLE counters (name TEXT COLLATE "C" NOT NULL PRIMARY KEY, last BIGINT NOT NULL) WITH (fillfactor = 50);
        INSERT INTO counters VALUES ('epoch', 0), ('outbox', 0), ('run', 0), ('strip', 0);

        CREATE TABLE runs (
          number BIGINT NOT NULL PRIMARY KEY,
          node TEXT COLLATE "C" NOT NULL,
          started_at BIGINT NOT NULL,
          ended_at BIGINT
        );
        CREATE INDEX runs_by_node ON runs (node, number);

        CREATE TABLE leases (
          scene TEXT COLLATE "C" NOT NULL PRIMARY KEY,
          node TEXT COLLATE "C" NOT NULL,
          run BIGINT NOT NULL,
          epoch BIGINT NOT NULL,
          expires_at TIMESTAMPTZ NOT NULL
        ) WITH (fillfactor = 50);

        CREATE TABLE strips (
          key BIGINT NOT NULL PRIMARY KEY,
          scene TEXT COLLATE "C" NOT NULL,
          node TEXT NOT NULL,
          at BIGINT NOT NULL,
          body BYTEA NOT NULL,
          digest BYTEA NOT NULL,
          UNIQUE (scene, digest)
        );
        CREATE INDEX strips_by_scene ON strips (scene, key);

        CREATE TABLE tiles (
          scene TEXT COLLATE "C" NOT NULL,
          number TEXT COLLATE "C" NOT NULL,
          place BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
          epoch BIGINT NOT NULL,
          work BYTEA NOT NULL,
          attempts INTEGER NOT NULL DEFAULT 0,
          ticket BIGINT,
          node TEXT,
          claimed_until TIMESTAMPTZ,
          result BYTEA,
          PRIMARY KEY (scene, number)
        );
        CREATE INDEX tiles_to_do ON tiles (place) WHERE result IS NULL;
        CREATE SEQUENCE tickets;
        """,
        """
        CREATE TABLE settled (
          mark BYTEA NOT NULL PRIMARY KEY,
          at TIMESTAMPTZ NOT NULL,
          taken BIGINT NOT NULL,
          matched BIGINT NOT NULL
        ) WITH (fillfactor = 50);
        CREATE INDEX settled_by_age ON settled (at);
        """,
        // By it a run knows which of its transactions the database has: numbers of transactions are given out anew
        // after a crash.
        """
        ALTER TABLE runs SET (fillfactor = 50);
        ALTER TABLE runs ADD COLUMN last_write BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE strips ADD COLUMN set_aside TEXT;
        """,
    ];
}
