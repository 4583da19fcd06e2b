using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A test against a real PostgreSQL; skipped, with the reason, where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class RequiresPostgresFactAttribute : FactAttribute
{
    public RequiresPostgresFactAttribute()
    {
        if (PostgresServer.Programs is null)
        {
            Skip = "PostgreSQL is not installed (looked for initdb below /usr/lib/postgresql)";
        }
    }
}
