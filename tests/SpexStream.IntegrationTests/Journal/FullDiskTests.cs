using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Sqlite;
using Xunit;

namespace SpexStream.IntegrationTests.Journal;

public sealed class FullDiskTests
{
    private static readonly SceneId Scene = SceneId.Parse("scene");

    [RequiresMountFact]
    public async Task A_full_disk_refuses_appends_whole_and_the_journal_goes_on_by_itself_when_there_is_room()
    {
        using var disk = new SmallDisk(12);
        var answered = new HashSet<int>();
        await using (var journal = Open(disk))
        {
            var writer = await journal.OpenWriterAsync(Scene);
            for (var (round, next) = (0, 0); round < 3; round++)
            {
                disk.Fill(spare: 400_000);
                var full = 0;
                while (full < 5)
                {
                    var calls = Enumerable.Range(next, 16).Select(i => TryAsync(writer, i)).ToArray();
                    answered.UnionWith((await Task.WhenAll(calls)).OfType<int>());
                    full += calls.All(call => call.GetAwaiter().GetResult() is null) ? 1 : 0;
                    next += 16;
                }

                // Reading goes on while nothing can be written.
                Assert.Equal(answered, await StripsAsync(journal));
                disk.MakeRoom();
                await writer.AppendAsync(Append(next));
                answered.Add(next++);
                await DeliverAllAsync(journal);
            }
        }

        await using var again = Open(disk);
        Assert.Equal(answered, await StripsAsync(again));
    }

    [RequiresMountFact]
    public void A_journal_that_cannot_be_made_for_lack_of_room_is_made_when_there_is_some()
    {
        using var disk = new SmallDisk(1);
        disk.Fill(spare: 20_000);
        Assert.Throws<JournalFullException>(() => Open(disk));
        Assert.False(File.Exists(disk["journal.db"]));
        disk.MakeRoom();
        Open(disk).DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [RequiresMountFact]
    public async Task A_folder_that_cannot_be_written_is_refused_and_named()
    {
        using var disk = new SmallDisk(2);
        await Open(disk).DisposeAsync();
        disk.MakeReadOnly();
        var refused = Assert.Throws<JournalRefusedException>(() => Open(disk));
        Assert.Equal(JournalRefusal.NotWritable, refused.Refusal);
        Assert.Contains(disk["journal.db"], refused.Message, StringComparison.Ordinal);
    }

    private static SqliteJournal Open(SmallDisk disk) =>
        SqliteJournal.Open(new() { Path = disk["journal.db"] }, TimeProvider.System);

    private static SceneAppend Append(int index) => new(
        JournalSamples.Noon, new SceneFact.TileCrashed(new StripKey(index, 1), default, 1),
        new SceneFact.StripReleased(new StripKey(index, 1)))
    {
        Messages = [JournalSamples.Message($"event-{index}")],
    };

    private static async Task<int?> TryAsync(ISceneWriter writer, int index)
    {
        try
        {
            await writer.AppendAsync(Append(index));
            return index;
        }
        catch (JournalFullException)
        {
            return null;
        }
    }

    // Which appends are there; each must be there whole.
    private static async Task<HashSet<int>> StripsAsync(SqliteJournal journal)
    {
        var (started, settled) = (new HashSet<int>(), new HashSet<int>());
        await foreach (var recorded in journal.ReadAsync(Scene))
        {
            Assert.True(recorded.Fact switch
            {
                SceneFact.TileCrashed fact => started.Add(fact.Strip.Index),
                SceneFact.StripReleased fact => settled.Add(fact.Strip.Index),
                _ => false,
            });
        }

        Assert.Equal(started, settled);
        return started;
    }

    private static async Task DeliverAllAsync(SqliteJournal journal)
    {
        var entries = await journal.Outbox.ReadAsync(0, int.MaxValue, long.MaxValue);
        Assert.NotEmpty(entries);
        await journal.Outbox.DeleteAsync([.. entries.Select(entry => entry.Key)]);
    }
}
