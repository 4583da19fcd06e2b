using Microsoft.Data.Sqlite;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Telemetry;
using SpexStream.Journal.Sqlite;
using SpexStream.Messaging.Publishing;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Journal;

/// <summary>Messages of the journal that are not what was written.</summary>
public sealed class SetAsideTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SceneId Scene = SceneId.Parse("a");
    private readonly TemporaryFolder _folder = new();
    private readonly List<long> _told = [];

    [Fact]
    public async Task A_damaged_message_is_set_aside_and_the_others_are_sent_in_their_order()
    {
        await using (var journal = Open())
        {
            await WriteAsync(journal);
            Damage(2, 3);
            var entries = await journal.Outbox.ReadAsync(0, 64, 1 << 20);
            Assert.Equal(["m1", "m4", "m5"], entries.Select(entry => entry.Message.EventId));
            Assert.Equal([2L, 3L], _told);
            Assert.Equal((3L, 2L), await DepthAsync(journal));
        }

        // For good: the next process does not meet it again, and what was told once is not told again.
        await using var next = Open();
        Assert.Equal((3L, 2L), await DepthAsync(next));
        Assert.Equal(3, (await next.Outbox.ReadAsync(0, 64, 1 << 20)).Length);
        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public async Task A_page_of_nothing_but_damage_is_not_the_end()
    {
        await using var journal = Open();
        await WriteAsync(journal);
        Damage(1, 2);
        Assert.Equal(["m3"], (await journal.Outbox.ReadAsync(0, 1, 1 << 20)).Select(entry => entry.Message.EventId));
        Assert.Equal([1L, 2L], _told);
    }

    [Fact]
    public async Task Nobody_is_woken_for_it_and_its_scene_keeps_what_it_has()
    {
        await using var journal = Open();
        await WriteAsync(journal);
        Damage(5);
        await journal.Outbox.DeleteAsync(
            [.. (await journal.Outbox.ReadAsync(0, 64, 1 << 20)).Select(entry => entry.Key)]);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.Outbox.WaitAsync(4, soon.Token).AsTask());
        Assert.Equal((0L, 1L), await DepthAsync(journal));
        Assert.Contains(Scene, await journal.ListUnacknowledgedAsync());
    }

    [Fact]
    public async Task The_relay_goes_on_behind_it()
    {
        await using var journal = Open();
        await WriteAsync(journal);
        Damage(1, 4);
        var connection = new FakeConnection();
        using var meter = new SpexMeter();
        await using var sender = new MqttOutbox(
            connection, 16, 4, meter, TimeProvider.System, (_, _) => { }, (_, _) => { });
        using var relay = new JournalRelay(journal.Outbox, sender, TimeProvider.System, 16, _ => { }, _ => { });
        using var stop = new CancellationTokenSource();
        var running = relay.RunAsync(stop.Token);
        Assert.True(await relay.DrainAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(3, connection.Published.Count);
        Assert.Null(relay.Trouble);
        await stop.CancelAsync();
        await running;
    }

    public void Dispose() => _folder.Dispose();

    private static async Task WriteAsync(SqliteJournal journal)
    {
        var writer = await journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(Noon, SampleFacts.Opened())
        {
            Messages = [.. Enumerable.Range(1, 5).Select(i => SampleMessages.Event($"m{i}"))],
        });
    }

    private static async Task<(long Entries, long SetAside)> DepthAsync(SqliteJournal journal)
    {
        OutboxDepth depth = await journal.Outbox.MeasureAsync();
        return (depth.Entries, depth.SetAside);
    }

    private SqliteJournal Open() => SqliteJournal.Open(
        new() { Path = _folder["journal.db"], OnSetAside = (key, _) => _told.Add(key) }, TimeProvider.System);

    private void Damage(params IEnumerable<int> keys)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["journal.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE outbox SET payload = x'7b7d' WHERE key IN ({string.Join(',', keys)})";
        command.ExecuteNonQuery();
    }
}
