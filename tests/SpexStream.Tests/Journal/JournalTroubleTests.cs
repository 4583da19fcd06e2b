using Microsoft.Data.Sqlite;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Sqlite;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Journal;

/// <summary>What SQLite's troubles become for the users of the journal.</summary>
public sealed class JournalTroubleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(13, 13, typeof(JournalFullException))]
    [InlineData(10, 4874, typeof(JournalFullException))]
    [InlineData(10, 1034, typeof(JournalUnavailableException))]
    [InlineData(8, 8, typeof(JournalUnavailableException))]
    [InlineData(5, 5, typeof(JournalBusyException))]
    [InlineData(6, 262, typeof(JournalBusyException))]
    [InlineData(11, 523, typeof(JournalDamagedException))]
    [InlineData(26, 26, typeof(JournalDamagedException))]
    public void Every_error_has_one_meaning_and_names_the_file(int code, int extended, Type meaning)
    {
        var error = SqliteErrors.Translate(new SqliteException("trouble", code, extended), "/data/journal.db");
        Assert.IsType(meaning, error);
        Assert.Contains("/data/journal.db", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_another_program_holds_goes_on_when_it_lets_go()
    {
        var options = new SqliteJournalOptions { Path = _folder["journal.db"], BusyTimeout = TimeSpan.FromSeconds(1) };
        await using var journal = SqliteJournal.Open(options, TimeProvider.System);
        var writer = await journal.OpenWriterAsync(SceneId.Parse("scene-1"));
        await using (var shell = new SqliteConnection($"Data Source={options.Path};Pooling=False"))
        {
            shell.Open();
            using var hold = shell.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            hold.ExecuteNonQuery();
            await Assert.ThrowsAsync<JournalBusyException>(
                async () => await writer.AppendAsync(new(default, SampleFacts.All)));
        }

        Assert.Equal(SampleFacts.All.Length, await writer.AppendAsync(new(default, SampleFacts.All)));
    }

    [Fact]
    public async Task A_write_that_fails_below_the_journal_stops_it_for_all_and_says_why()
    {
        var options = new SqliteJournalOptions { Path = _folder["journal.db"] };
        await using var journal = SqliteJournal.Open(options, TimeProvider.System);
        var writer = await journal.OpenWriterAsync(SceneId.Parse("scene-1"));
        await writer.AppendAsync(new(default, SampleFacts.All));
        await using (var vandal = new SqliteConnection($"Data Source={options.Path};Pooling=False"))
        {
            vandal.Open();
            using var drop = vandal.CreateCommand();
            drop.CommandText = "DROP TABLE facts";
            drop.ExecuteNonQuery();
        }

        var first = await Assert.ThrowsAsync<JournalDamagedException>(
            async () => await writer.AppendAsync(new(default, SampleFacts.All)));
        var later = await Assert.ThrowsAsync<JournalDamagedException>(
            async () => await journal.OpenWriterAsync(SceneId.Parse("scene-2")));
        Assert.Equal(first.Message, later.Message);
        Assert.Contains("restore a copy", first.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_that_find_the_queue_full_wait_and_lose_nothing()
    {
        var options = new SqliteJournalOptions { Path = _folder["journal.db"], QueueCapacity = 2, GroupWrites = 3 };
        await using var journal = SqliteJournal.Open(options, TimeProvider.System);
        var writer = await journal.OpenWriterAsync(SceneId.Parse("scene-1"));
        var appends = Enumerable.Range(0, 100)
            .Select(i => writer.AppendAsync(new(default, SampleFacts.All[i % SampleFacts.All.Length])).AsTask());
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), await Task.WhenAll(appends));
        Assert.Equal(0, journal.QueuedWrites);
    }

    [Theory]
    [InlineData(0, 256, 2)]
    [InlineData(1024, 0, 2)]
    [InlineData(1024, 256, 0)]
    public void A_bound_that_lets_nothing_through_is_refused(int queue, int group, int readers)
    {
        var options = new SqliteJournalOptions
        {
            Path = _folder["journal.db"],
            QueueCapacity = queue,
            GroupWrites = group,
            Readers = readers,
        };
        Assert.Throws<ArgumentOutOfRangeException>(() => SqliteJournal.Open(options, TimeProvider.System));
    }
}
