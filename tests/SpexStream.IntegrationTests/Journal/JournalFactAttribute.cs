using SpexStream.IntegrationTests.Support;

namespace SpexStream.IntegrationTests.Journal;

/// <summary>A test of the contract that every journal keeps; the one that is put to it here is PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JournalFactAttribute : RequiresPostgresFactAttribute;
