using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Sqlite;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Journal;

public sealed class JournalModelTests
{
    [Fact]
    public async Task The_embedded_journal_answers_random_work_as_the_simplest_one_does_over_many_restarts()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            using var folder = new TemporaryFolder();
            var store = new MemoryStore();
            var options = new SqliteJournalOptions { Path = folder["journal.db"] };
            var expected = await PlayAsync(seed, () => new MemoryJournal(store));
            var found = await PlayAsync(seed, () => SqliteJournal.Open(options, TimeProvider.System));
            Assert.True(expected == found, $"seed {seed}: {FirstDifference(expected, found)}");
        }
    }

    private static async Task<string> PlayAsync(int seed, Func<ISceneJournal> open)
    {
        var play = new JournalPlay(seed);
        for (var life = 0; life < 4; life++)
        {
            await using var journal = open();
            await play.PlayAsync(journal, 60);
        }

        return play.Answers.ToString();
    }

    private static string FirstDifference(string expected, string found)
    {
        var pair = expected.Split('\n').Zip(found.Split('\n')).FirstOrDefault(pair => pair.First != pair.Second);
        return $"\nexpected {pair.First}\nfound    {pair.Second}";
    }
}
