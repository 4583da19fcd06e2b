using Npgsql;
using SpexStream.Journal.Reading;

namespace SpexStream.Journal.Postgres;

/// <summary>What the nodes of a journal should have alike, said by a lock for as long as a connection lasts.</summary>
internal static class PostgresTerms
{
    /// <summary>Says the terms of this node; whether another that is there has others. Each says first what it has and
    /// looks then: of two that come at the same time at least one sees the other.</summary>
    public static bool SayAndCompare(NpgsqlConnection connection, string terms)
    {
        using var say = new Statement(
            connection, $"SELECT pg_advisory_lock_shared({PostgresSchema.TermsLockClass}, hashtext($1))");
        say.Run(terms);
        using var look = new Statement(
            connection,
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted "
            + $"AND classid = {PostgresSchema.TermsLockClass} AND objid::bigint <> hashtext($1)::bigint & 4294967295 "
            + "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))");
        return (bool)look.Value(terms)!;
    }
}
