using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Sqlite;
using SpexStream.Tests.Support;

namespace SpexStream.Tests.Journal;

public sealed class SqliteJournalContractTests : SceneJournalContract
{
    private readonly TemporaryFolder _folder = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override ValueTask<ISceneJournal> OpenAsync() => ValueTask.FromResult<ISceneJournal>(
        SqliteJournal.Open(new SqliteJournalOptions { Path = _folder["data/journal.db"] }, TimeProvider.System));
}
