using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Sqlite;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.IntegrationTests.Journal;

public sealed class KilledWriterTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_was_answered_outlives_the_kill_of_the_process()
    {
        const int Kills = 5, Seed = 20260314;
        var random = new Random(Seed);
        var path = _place["journal.db"];
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var doomed = DoomedWriter.Start(path);
            var answered = await doomed.KillAfterAsync(random.Next(1, 400));
            await using var journal = SqliteJournal.Open(new() { Path = path }, TimeProvider.System);
            Assert.Equal(kill, journal.Run.Crashed.Count);
            await CheckAsync(journal, answered);
            await journal.EndRunAsync();
        }

        output.WriteLine($"{Kills} kills, seed {Seed}");
    }

    [Fact]
    public async Task Only_one_process_may_write_a_journal_and_the_error_names_the_other()
    {
        var path = _place["journal.db"];
        using var doomed = DoomedWriter.Start(path);
        await Eventually.HoldsAsync(() => File.Exists(path + "-wal"));

        var refused = Assert.Throws<JournalRefusedException>(
            () => SqliteJournal.Open(new() { Path = path }, TimeProvider.System));
        Assert.Equal(JournalRefusal.InUse, refused.Refusal);
        Assert.Contains($"in use by process {doomed.Id};", refused.Message, StringComparison.Ordinal);
    }

    // Each scene holds the facts 1, 2, 3 ... without a gap, at least as many as were answered, each with its message.
    private static async Task CheckAsync(SqliteJournal journal, long[] answered)
    {
        var messages = (await journal.Outbox.ReadAsync(0, int.MaxValue, long.MaxValue))
            .Select(entry => entry.Message.EventId).ToHashSet();
        var total = 0;
        for (var index = 0; index < DoomedWriter.Scenes; index++)
        {
            var (scene, sequence) = (DoomedWriter.Scene(index), 0L);
            await foreach (var recorded in journal.ReadAsync(scene))
            {
                sequence++;
                Assert.Equal(DoomedWriter.Append(scene, sequence).Facts[0], recorded.Fact);
                Assert.Contains($"{scene}-{sequence}", messages);
            }

            Assert.True(sequence >= answered[index], $"{scene}: {answered[index]} answered, {sequence} there");
            total += (int)sequence;
        }

        Assert.Equal(total, messages.Count);
    }
}
