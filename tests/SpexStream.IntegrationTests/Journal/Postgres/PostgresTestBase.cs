using SpexStream.Domain.Identity;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using Xunit;

namespace SpexStream.IntegrationTests.Journal.Postgres;

/// <summary>A database for one test, and the journals of several nodes on it.</summary>
[Collection(PostgresTests.Name)]
public abstract class PostgresTestBase(PostgresServer server) : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = JournalSamples.Noon;
    protected static readonly SceneId Scene = SceneId.Parse("scene-1");
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private readonly List<PostgresJournal> _journals = [];

    protected PostgresServer Server => server;

    protected PostgresAddress Address { get; private set; } = null!;

    /// <summary>Name of the database.</summary>
    protected string Database => Address.Name.Split('/')[1];

    public async Task InitializeAsync()
    {
        if (PostgresServer.Programs is not null)
        {
            Address = await server.NewDatabaseAsync();
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var journal in _journals)
        {
            await journal.DisposeAsync();
        }
    }

    /// <summary>Opens the journal as a node; closed at the end of the test.</summary>
    protected PostgresJournal Open(string node, Action<string>? onTrouble = null)
    {
        var journal = PostgresJournal.Open(
            new() { Address = Address, Node = node, OnTrouble = onTrouble }, TimeProvider.System);
        _journals.Add(journal);
        return journal;
    }

    /// <summary>Closes what was opened first under a name; that it ends is not said to the journal.</summary>
    protected async Task CloseAsync(string node)
    {
        var journal = _journals.First(opened => opened.Leases.Node == node);
        _journals.Remove(journal);
        await journal.DisposeAsync();
    }

    protected Task<object?> SqlAsync(string sql) => server.RunAsync(Database, "SET search_path = spexstream; " + sql);

    /// <summary>Waits until a question is answered by true.</summary>
    protected async Task UntilAsync(string sql)
    {
        using var limit = new CancellationTokenSource(Soon);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await SqlAsync(sql) is not true)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
