using SpexStream.Domain.Ports.Journal;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.IntegrationTests.Journal.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresJournalContractTests(PostgresServer server) : SceneJournalContract
{
    private PostgresAddress? _address;

    // Not even opened where the tests are skipped.
    public override Task InitializeAsync() =>
        PostgresServer.Programs is null ? Task.CompletedTask : base.InitializeAsync();

    protected override async ValueTask<ISceneJournal> OpenAsync()
    {
        _address ??= await server.NewDatabaseAsync();
        return PostgresJournal.Open(new() { Address = _address, Node = "node-a" }, TimeProvider.System);
    }
}
