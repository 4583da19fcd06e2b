using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using Xunit;

namespace SpexStream.Tests.Journal;

public abstract partial class SceneJournalContract
{
    [JournalFact]
    public async Task Messages_come_out_in_order_as_they_went_in()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        var bare = SampleMessages.Event("c") with
        {
            ContentType = null,
            Expiry = null,
            Retain = true,
            IsText = false,
            UserProperties = [],
        };
        OutgoingMessage[] messages =
            [SampleMessages.Event("b"), SampleMessages.Event("a"), bare, OutgoingMessage.Clear("spex/x")];
        await writer.AppendAsync(new(Noon, SampleFacts.Opened()) { Messages = [.. messages[..2]] });
        await writer.AppendAsync(new(Noon.AddSeconds(1)) { Messages = [.. messages[2..]] });

        var entries = await Journal.Outbox.ReadAsync(0, 10, long.MaxValue);
        Assert.Equal(messages.Select(SampleMessages.Text), entries.Select(entry => SampleMessages.Text(entry.Message)));
        Assert.Equal([Noon, Noon, Noon.AddSeconds(1), Noon.AddSeconds(1)], entries.Select(entry => entry.At));
        Assert.All(entries, entry => Assert.Equal(Scene, entry.Scene));
        Assert.Equal(entries.Select(entry => entry.Key).Order().Distinct(), entries.Select(entry => entry.Key));
        Assert.Equal(new OutboxDepth(4, Noon), await Journal.Outbox.MeasureAsync());
    }

    [JournalFact]
    public async Task Reading_goes_on_behind_a_key_and_stops_at_a_count_or_a_number_of_bytes()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(Noon)
        {
            Messages = [.. Enumerable.Range(0, 10).Select(i => SampleMessages.Event($"e{i}", new string('x', 100)))],
        });
        var first = await Journal.Outbox.ReadAsync(0, 3, long.MaxValue);
        Assert.Equal(["e0", "e1", "e2"], first.Select(entry => entry.Message.EventId));
        var second = await Journal.Outbox.ReadAsync(first[^1].Key, 10, 150);
        Assert.Equal(["e3", "e4"], second.Select(entry => entry.Message.EventId));
        Assert.Single(await Journal.Outbox.ReadAsync(second[^1].Key, 10, 1));
    }

    [JournalFact]
    public async Task A_message_goes_when_it_is_acknowledged_and_its_key_does_not_come_again()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(Noon) { Messages = [SampleMessages.Event("a"), SampleMessages.Event("b")] });
        var entries = await Journal.Outbox.ReadAsync(0, 10, long.MaxValue);
        await Journal.Outbox.DeleteAsync([entries[1].Key, 999]);
        Assert.Equal("a", Assert.Single(await Journal.Outbox.ReadAsync(0, 10, long.MaxValue)).Message.EventId);
        await Journal.Outbox.DeleteAsync([entries[0].Key]);
        await Journal.Outbox.DeleteAsync([]);
        Assert.Equal(new OutboxDepth(0, null), await Journal.Outbox.MeasureAsync());

        await ReopenAsync();
        writer = await Journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(Noon) { Messages = [SampleMessages.Event("c")] });
        Assert.True(Assert.Single(await Journal.Outbox.ReadAsync(0, 10, long.MaxValue)).Key > entries[1].Key);
    }

    [JournalFact]
    public async Task An_event_said_again_with_the_same_bytes_is_left_out_even_when_it_is_gone()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        var append = new SceneAppend(Noon, Started(1))
        {
            Messages = [SampleMessages.Event("a"), SampleMessages.Event("a")],
        };
        await writer.AppendAsync(append);
        await writer.AppendAsync(append);
        var entry = Assert.Single(await Journal.Outbox.ReadAsync(0, 10, long.MaxValue));
        await Journal.Outbox.DeleteAsync([entry.Key]);

        await ReopenAsync();
        writer = await Journal.OpenWriterAsync(Scene);
        Assert.Equal(3, await writer.AppendAsync(append));
        Assert.Empty(await Journal.Outbox.ReadAsync(0, 10, long.MaxValue));
    }

    [JournalFact]
    public async Task An_event_said_again_is_left_out_and_the_bytes_said_first_stand()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(Noon, Started(1)) { Messages = [SampleMessages.Event("a")] });
        await writer.AppendAsync(new(Noon, Started(2))
        {
            Messages = [SampleMessages.Event("b"), SampleMessages.Event("a", "later"),
                SampleMessages.Event("b", "later")],
        });
        Assert.Equal(2, (await ReadAllAsync(Scene)).Count);
        var entries = await Journal.Outbox.ReadAsync(0, 10, long.MaxValue);
        Assert.Equal(
            new[] { SampleMessages.Event("a"), SampleMessages.Event("b") }.Select(SampleMessages.Text),
            entries.Select(entry => SampleMessages.Text(entry.Message)));
    }

    [JournalFact]
    public async Task Messages_of_no_scene_wait_with_the_others_and_are_left_out_while_they_wait()
    {
        await Journal.Outbox.PostAsync(Noon, [SampleMessages.Event("a"), SampleMessages.Event("b")]);
        await Journal.Outbox.PostAsync(Noon, [SampleMessages.Event("a")]);
        await Journal.Outbox.PostAsync(Noon, [SampleMessages.Event("b", "other")]);
        var entries = await Journal.Outbox.ReadAsync(0, 10, long.MaxValue);
        Assert.Equal(["a", "b"], entries.Select(entry => entry.Message.EventId));
        Assert.All(entries, entry => Assert.Null(entry.Scene));

        await Journal.Outbox.DeleteAsync([entries[0].Key]);
        await Journal.Outbox.PostAsync(Noon, [SampleMessages.Event("a")]);
        entries = await Journal.Outbox.ReadAsync(0, 10, long.MaxValue);
        Assert.Equal(["b", "a"], entries.Select(entry => entry.Message.EventId));
    }

    [JournalFact]
    public async Task Waiting_ends_when_a_message_comes_and_not_before()
    {
        await Journal.Outbox.PostAsync(Noon, [SampleMessages.Event("a")]);
        await Journal.Outbox.WaitAsync(0, CancellationToken.None);
        var key = Assert.Single(await Journal.Outbox.ReadAsync(0, 10, long.MaxValue)).Key;
        await Journal.Outbox.DeleteAsync([key]);

        var waiting = Journal.Outbox.WaitAsync(key, CancellationToken.None).AsTask();
        var fromStart = Journal.Outbox.WaitAsync(0, CancellationToken.None).AsTask();
        var writer = await Journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(Noon, Started(1)));
        Assert.False(waiting.IsCompleted || fromStart.IsCompleted);
        await writer.AppendAsync(new(Noon) { Messages = [SampleMessages.Event("b")] });
        await Task.WhenAll(waiting, fromStart).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [JournalFact]
    public async Task Waiting_can_be_given_up()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Journal.Outbox.WaitAsync(0, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
