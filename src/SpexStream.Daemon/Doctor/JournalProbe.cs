using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Postgres;

namespace SpexStream.Daemon.Doctor;

/// <summary>Looks at the database of a shared journal.</summary>
internal static class JournalProbe
{
    /// <summary>Looks; changes nothing.</summary>
    /// <param name="address">Where it is; null where there is none.</param>
    public static IEnumerable<Finding> Examine(PostgresAddress? address)
    {
        if (address is null)
        {
            return [];
        }

        try
        {
            var health = PostgresHealth.Ask(address);
            var text = $"{address}: PostgreSQL {health.Server}, "
                + (health.Version == 0 ? "no journal yet" : $"journal of version {health.Version}");
            return
            [
                health.Fault is { } fault ? new(FindingLevel.Error, "journal", text, fault)
                    : health.Doubt is { } doubt ? new(FindingLevel.Warning, "journal", text, doubt)
                    : new(FindingLevel.Ok, "journal", text),
            ];
        }
        catch (JournalException refused)
        {
            return [new(FindingLevel.Error, "journal", refused.Message)];
        }
    }
}
