using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Tests.Journal;

public sealed class MemoryJournalContractTests : SceneJournalContract
{
    private readonly MemoryStore _store = new();

    protected override ValueTask<ISceneJournal> OpenAsync() =>
        ValueTask.FromResult<ISceneJournal>(new MemoryJournal(_store));
}
