using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>Tests that share one PostgreSQL; each has a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "postgres";
}
