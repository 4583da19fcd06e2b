using System.Collections.Immutable;
using Npgsql;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Reading;

namespace SpexStream.Journal.Postgres;

/// <summary>Which processes have had the journal open under a node's name.</summary>
internal static class PostgresNode
{
    // As many as the embedded journal keeps; of each node.
    private const int Kept = 10_000;
    // A longer outage is one in which somebody looked after the nodes.
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>
    /// Waits, where other nodes had leases a short while ago and none of them is to be seen: they may have lost their
    /// connections and be about to come back, and who was there first must not be kept out by who starts just then.
    /// Blocks for longer than they pause, and only then. The journal's tables are there.
    /// </summary>
    public static void LetOthersReturn(
        NpgsqlConnection connection, PostgresJournalOptions options, TimeProvider time)
    {
        using var away = new Statement(
            connection,
            $"SELECT NOT EXISTS (SELECT {Keepings}) AND EXISTS (SELECT FROM leases WHERE node <> $1 "
            + "AND expires_at > clock_timestamp() - $2)");
        if ((bool)away.Value(options.Node, Remembered)!)
        {
            var wait = (Backoff.Longest * 2) + options.ConnectTimeout;
            options.OnOthersAwaited?.Invoke(wait);
            Backoff.Wait(wait, time, CancellationToken.None);
        }
    }

    /// <summary>Claims a node's name for as long as the connection lasts.</summary>
    /// <exception cref="JournalRefusedException">Another process has it.</exception>
    public static void Claim(NpgsqlConnection connection, PostgresJournalOptions options)
    {
        var (node, name) = (options.Node, options.Address.Name);
        if (OthersKeepBy(connection, options.Keeping) is { } other)
        {
            throw new JournalRefusedException(
                JournalRefusal.InUse,
                $"The journal {name} is in use by nodes of another runtime: they keep their scenes {Words(other)}, this "
                + $"one {Words(options.Keeping)}. Give all nodes the same --runtime, or this one a database of its own; "
                + "to change it, end all of them first. (After a lost connection the database needs some seconds to "
                + "notice.)");
        }

        using var claim = new Statement(
            connection, $"SELECT pg_try_advisory_lock({PostgresSchema.NodeLockClass}, hashtext($1))");
        if (!(bool)claim.Value(node)!)
        {
            throw new JournalRefusedException(
                JournalRefusal.InUse,
                $"The journal {name} is in use by another process as node {node}; end that process, or give this one a "
                + "name of its own. (After a lost connection the database needs some seconds to notice.)");
        }
    }

    // Each says first what it is and looks then: of two that come at the same time at least one sees the other.
    private static SceneKeeping? OthersKeepBy(NpgsqlConnection connection, SceneKeeping own)
    {
        using var say = new Statement(
            connection, $"SELECT pg_advisory_lock_shared({PostgresSchema.LockClass}, {(int)own})");
        say.Run();
        using var look = new Statement(
            connection,
            $"SELECT min(objid::bigint)::integer {Keepings} AND objid::bigint <> $1");
        return look.Value((long)own) is int other ? (SceneKeeping)other : null;
    }

    // What nodes that are connected have said.
    private static string Keepings =>
        "FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted "
        + $"AND classid = {PostgresSchema.LockClass} AND objid::bigint > 1 "
        + "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private static string Words(SceneKeeping keeping) =>
        keeping == SceneKeeping.ByLease ? "by leases (local)" : "by shards (akka)";

    /// <summary>Gives a claim back.</summary>
    public static void Disclaim(NpgsqlConnection connection)
    {
        using var all = new Statement(connection, "SELECT pg_advisory_unlock_all()");
        all.Value();
    }

    /// <summary>Enters a new run.</summary>
    public static JournalRun Begin(NpgsqlConnection connection, string node, DateTimeOffset now)
    {
        // Sent as a whole, so that a pause of this process keeps nobody from the counter.
        using var batch = new NpgsqlBatch(connection);
        batch.Add("SELECT number FROM runs WHERE node = $1 AND ended_at IS NULL", node);
        batch.Add(
            "WITH next AS (UPDATE counters SET last = last + 1 WHERE name = 'run' RETURNING last) "
            + "INSERT INTO runs (number, node, started_at) SELECT last, $1, $2 FROM next RETURNING number",
            node, now.UtcTicks);
        batch.Add(
            "DELETE FROM runs WHERE node = $1 AND number <= "
            + "(SELECT number FROM runs WHERE node = $1 ORDER BY number DESC OFFSET $2 LIMIT 1)",
            node, Kept);
        using var rows = batch.ExecuteReader();
        var crashed = ImmutableSortedSet.CreateBuilder<long>();
        while (rows.Read())
        {
            crashed.Add(rows.GetInt64(0));
        }

        rows.NextResult();
        rows.Read();
        return new(rows.GetInt64(0), now, crashed.ToImmutable());
    }
}
