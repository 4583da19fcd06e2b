using System.Buffers.Binary;
using System.Text;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Sqlite;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Journal;

/// <summary>What becomes of files that are no journal of this version: one clear error, and not a byte
/// changed.</summary>
public sealed class JournalFileTests : IDisposable
{
    private const int UserVersionAt = 60;
    private const int ApplicationIdAt = 68;
    private static readonly SceneId Scene = SceneId.Parse("scene-1");
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["journal.db"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("an older log\n")]
    [InlineData(
        "SQLite format 3\0 but nothing of the rest that is needed for a file of that format, however long it may be")]
    public void A_file_that_is_something_else_is_refused(string content)
    {
        File.WriteAllText(Path, content.PadRight(200));
        var refused = Refused<JournalRefusedException>();
        Assert.Equal(JournalRefusal.Foreign, refused.Refusal);
        Assert.Contains("is no journal of SpexStream", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_of_another_program_is_refused()
    {
        await MakeAsync();
        Patch(ApplicationIdAt, 0);
        Assert.Equal(JournalRefusal.Foreign, Refused<JournalRefusedException>().Refusal);
    }

    [Fact]
    public async Task A_journal_of_a_newer_version_is_refused()
    {
        await MakeAsync();
        Patch(UserVersionAt, JournalSchema.Steps.Length + 1);
        var refused = Refused<JournalRefusedException>();
        Assert.Equal(JournalRefusal.Newer, refused.Refusal);
        Assert.Contains("Start the newer program", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_journal_that_was_not_closed_keeps_its_log()
    {
        await using (var newer = Open([.. JournalSchema.Steps, "CREATE TABLE later (x INTEGER) STRICT;"]))
        {
            await (await newer.OpenWriterAsync(Scene)).AppendAsync(new(default, SampleFacts.All));
            foreach (var suffix in new[] { "", "-wal" })
            {
                File.Copy(Path + suffix, _folder["copy.db" + suffix]);
            }
        }

        var (file, log) = (File.ReadAllBytes(_folder["copy.db"]), File.ReadAllBytes(_folder["copy.db-wal"]));
        var refused = Assert.Throws<JournalRefusedException>(() => Open(path: _folder["copy.db"]));
        Assert.Equal(JournalRefusal.Newer, refused.Refusal);
        Assert.Equal(file, File.ReadAllBytes(_folder["copy.db"]));
        Assert.Equal(log, File.ReadAllBytes(_folder["copy.db-wal"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(4096)]
    [InlineData(5000)]
    public async Task A_file_that_was_cut_off_is_refused(int length)
    {
        await MakeAsync();
        using (var file = File.OpenWrite(Path))
        {
            file.SetLength(length);
        }

        Assert.Contains("restore a copy", Refused<JournalDamagedException>().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_without_its_file_is_not_taken_for_that_of_a_new_one()
    {
        await MakeAsync();
        File.Move(Path, Path + "-wal");
        Assert.Throws<JournalDamagedException>(() => Open());
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task A_draft_that_a_crash_left_behind_is_in_nobodys_way()
    {
        File.WriteAllText(Path + ".new", "half");
        File.WriteAllText(Path + ".new-wal", "half");
        await MakeAsync();
        Assert.False(File.Exists(Path + ".new"));
    }

    [Fact]
    public async Task A_journal_that_is_open_is_refused_to_a_second_user_and_free_again_afterwards()
    {
        await using (Open())
        {
            var refused = Assert.Throws<JournalRefusedException>(() => Open());
            Assert.Equal(JournalRefusal.InUse, refused.Refusal);
            Assert.Contains($"in use by process {Environment.ProcessId};", refused.Message, StringComparison.Ordinal);
        }

        await using var again = Open();
        Assert.Equal(2, again.Run.Number);
    }

    [Fact]
    public async Task An_older_journal_is_brought_up_to_date_with_all_that_it_holds()
    {
        await MakeAsync();
        string[] steps = ["ALTER TABLE scenes ADD COLUMN colour TEXT",
            "CREATE TABLE later (x INTEGER) STRICT; INSERT INTO later VALUES (1)"];
        await using (var newer = Open([.. JournalSchema.Steps, .. steps.Select(step => step + ";")]))
        {
            Assert.Equal(SampleFacts.All.Length, await CountAsync(newer));
        }

        Assert.Equal(JournalSchema.Steps.Length + 2,
            BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(Path).AsSpan(UserVersionAt)));
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_journal_at_its_version()
    {
        await MakeAsync();
        Assert.ThrowsAny<JournalException>(
            () => Open([.. JournalSchema.Steps, "CREATE TABLE later (x INTEGER); CREATE TABLE scenes (x);"]));
        await using var journal = Open();
        Assert.Equal(SampleFacts.All.Length, await CountAsync(journal));
    }

    [Fact]
    public async Task A_journal_too_large_to_be_checked_in_time_is_opened_all_the_same()
    {
        await using (var journal = Open())
        {
            var writer = await journal.OpenWriterAsync(Scene);
            for (var i = 0; i < 40; i++)
            {
                await writer.AppendAsync(
                    new(default, [.. Enumerable.Range(0, 500).Select(strip => SampleFacts.Accepted(strip))]));
            }
        }

        await using var again = SqliteJournal.Open(
            new() { Path = Path, CheckLimit = TimeSpan.Zero }, TimeProvider.System);
        Assert.Equal(20_000, await CountAsync(again));
    }

    [Fact]
    public async Task A_flipped_byte_is_told_or_has_no_effect()
    {
        const int Seed = 4711, Cases = 400;
        await MakeAsync();
        var whole = File.ReadAllBytes(Path);
        var expected = await StateAsync();
        var random = new Random(Seed);
        var told = 0;
        for (var i = 0; i < Cases; i++)
        {
            var bytes = whole.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(Path, bytes);
            try
            {
                Assert.Equal(expected, await StateAsync());
            }
            catch (JournalException)
            {
                told++;
            }
        }

        Assert.InRange(told, Cases / 10, Cases);
    }

    private SqliteJournal Open(
        System.Collections.Immutable.ImmutableArray<string>? steps = null, string? path = null) =>
        SqliteJournal.Open(new() { Path = path ?? Path }, TimeProvider.System, steps ?? JournalSchema.Steps);

    private async Task MakeAsync()
    {
        await using var journal = Open();
        var writer = await journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(default, SampleFacts.All)
        {
            Messages = [.. Enumerable.Range(0, 20).Select(i => SampleMessages.Event($"e{i}", new string('x', 500)))],
        });
    }

    private static async Task<int> CountAsync(SqliteJournal journal)
    {
        var count = 0;
        await foreach (var recorded in journal.ReadAsync(Scene))
        {
            Assert.Equal(++count, recorded.Sequence);
        }

        return count;
    }

    // All that a user of the journal can see, as text.
    private async Task<string> StateAsync()
    {
        await using var journal = Open();
        var text = new StringBuilder();
        text.AppendJoin('\n', await journal.ListOpenAsync()).AppendJoin(
            '\n', await journal.ListClosedAsync(DateTimeOffset.MaxValue, 100));
        await foreach (var fact in journal.ReadAsync(Scene))
        {
            text.AppendLine(SampleFacts.Text(fact));
        }

        text.AppendJoin('\n', (await journal.Outbox.ReadAsync(0, 100, long.MaxValue)).Select(SampleMessages.Text));
        // One that is set aside is told, too.
        return (await journal.Outbox.MeasureAsync()).SetAside == 0 ? text.ToString()
            : throw new JournalUnavailableException("a message was set aside");
    }

    private void Patch(int at, int value)
    {
        using var file = File.OpenWrite(Path);
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        file.Position = at;
        file.Write(bytes);
    }

    private T Refused<T>()
        where T : JournalException
    {
        var before = File.ReadAllBytes(Path);
        var error = Assert.Throws<T>(() => Open());
        Assert.Contains(Path, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path));

        // Refused, it is left to others, too.
        Assert.Throws<T>(() => Open());
        return error;
    }
}
