using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using SpexStream.Domain.Journal;
using SpexStream.Journal.Reading;

namespace SpexStream.Journal.Sqlite;

/// <summary>Which processes have had the journal open, and which of them said that they end.</summary>
internal static class RunTable
{
    // Far more than strips in flight are ever tried again for; keeps the table from growing for ever.
    private const int Kept = 10_000;

    /// <summary>Enters a new run; the next flushed write makes it outlive a power cut.</summary>
    public static JournalRun Begin(SqliteConnection connection, DateTimeOffset now)
    {
        using var crashed = new Statement(connection, "SELECT number FROM runs WHERE ended_at IS NULL");
        using var enter = new Statement(connection, "INSERT INTO runs (started_at) VALUES ($1) RETURNING number");
        using var prune = new Statement(connection, "DELETE FROM runs WHERE number <= $1");
        var numbers = ImmutableSortedSet.CreateBuilder<long>();
        using (var rows = crashed.Rows())
        {
            while (rows.Read())
            {
                numbers.Add(rows.GetInt64(0));
            }
        }

        var number = (long)enter.Value(now.UtcTicks)!;
        prune.Run(number - Kept);
        return new(number, now, numbers.ToImmutable());
    }
}
