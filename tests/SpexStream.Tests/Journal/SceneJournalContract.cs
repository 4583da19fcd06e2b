using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using Xunit;

namespace SpexStream.Tests.Journal;

/// <summary>What every journal promises. Each adapter is put to it by a class of its own that says how to open
/// one.</summary>
public abstract partial class SceneJournalContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon =
        new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);
    private static readonly SceneId Scene = SceneId.Parse("scene-1");
    private static readonly SceneId Other = SceneId.Parse("scene-2");

    /// <summary>The journal under test, opened.</summary>
    protected ISceneJournal Journal { get; private set; } = null!;

    /// <summary>Opens the journal of this test, in the state in which it was left.</summary>
    protected abstract ValueTask<ISceneJournal> OpenAsync();

    public virtual async Task InitializeAsync() => Journal = await OpenAsync();

    public virtual async Task DisposeAsync() => await Journal.DisposeAsync();

    [JournalFact]
    public async Task Facts_are_read_in_the_order_in_which_they_were_written()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        Assert.Equal(0, writer.OpenedAfter);
        Assert.Equal(2, await writer.AppendAsync(new(Noon, SampleFacts.Opened(), SampleFacts.Accepted())));
        Assert.Equal(SampleFacts.All.Length, await writer.AppendAsync(new(Noon.AddTicks(1), SampleFacts.All[2..])));
        var facts = await ReadAllAsync(Scene);
        Assert.Equal(
            Enumerable.Range(1, SampleFacts.All.Length).Select(i => (long)i), facts.Select(fact => fact.Sequence));
        Assert.Equal(
            [SampleFacts.Text(SampleFacts.Opened()), .. SampleFacts.All[1..].Select(SampleFacts.Text)],
            facts.Select(fact => SampleFacts.Text(fact.Fact)));
        Assert.All(facts, fact => Assert.Equal(writer.Epoch, fact.Epoch));
        Assert.Equal((Noon, Noon.AddTicks(1)), (facts[1].At, facts[2].At));
    }

    [JournalFact]
    public async Task Reading_begins_behind_a_sequence_number_and_goes_over_many_pages()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        for (var run = 0; run < 10; run++)
        {
            await writer.AppendAsync(new(Noon, [.. Enumerable.Range(run * 100, 100).Select(Started)]));
        }

        Assert.Equal(1000, (await ReadAllAsync(Scene)).Count);
        Assert.Equal([999L, 1000L], (await ReadAllAsync(Scene, 998)).Select(fact => fact.Sequence));
        Assert.Empty(await ReadAllAsync(Scene, 1000));
        Assert.Empty(await ReadAllAsync(Other));
    }

    [JournalFact]
    public async Task A_later_writer_shuts_out_every_earlier_one()
    {
        var first = await Journal.OpenWriterAsync(Scene);
        await first.AppendAsync(new(Noon, Started(1)));
        var second = await Journal.OpenWriterAsync(Scene);
        Assert.True(second.Epoch > first.Epoch);
        Assert.Equal(1, second.OpenedAfter);

        var refused = await Assert.ThrowsAsync<StaleEpochException>(async () => await first.AppendAsync(
            new(Noon, Started(2)) { Messages = [SampleMessages.Event("a")] }));
        Assert.Equal((Scene, first.Epoch, second.Epoch), (refused.Scene, refused.Epoch, refused.Current));
        Assert.Single(await ReadAllAsync(Scene));
        Assert.Empty(await Journal.Outbox.ReadAsync(0, 10, long.MaxValue));

        Assert.Equal(2, await second.AppendAsync(new(Noon, Started(3))));
        await Assert.ThrowsAsync<StaleEpochException>(async () => await first.AppendAsync(new(Noon)));
    }

    [JournalFact]
    public async Task Two_writers_that_race_never_both_write_after_the_takeover()
    {
        var first = await Journal.OpenWriterAsync(Scene);
        var writing = Enumerable.Range(0, 200).Select(i => TryAsync(first, i)).ToArray();
        var second = await Journal.OpenWriterAsync(Scene);
        await second.AppendAsync(new(Noon, Started(1000)));
        var written = (await Task.WhenAll(writing)).Count(done => done);

        var epochs = (await ReadAllAsync(Scene)).Select(fact => fact.Epoch).ToList();
        Assert.Equal([.. Enumerable.Repeat(first.Epoch, written), second.Epoch], epochs);
    }

    [JournalFact]
    public async Task An_epoch_is_never_given_out_twice_even_when_its_scene_is_forgotten()
    {
        var first = await Journal.OpenWriterAsync(Scene);
        await first.AppendAsync(new(Noon, SampleFacts.Opened(), new SceneFact.SceneFailed("x", "y", [])));
        Assert.Equal(ForgetOutcome.Forgotten, await Journal.ForgetAsync(Scene));
        var error = await Assert.ThrowsAsync<StaleEpochException>(
            async () => await first.AppendAsync(new(Noon, Started(1))));
        Assert.Null(error.Current);

        await ReopenAsync();
        var second = await Journal.OpenWriterAsync(Scene);
        Assert.True(second.Epoch > first.Epoch);
        Assert.Equal(0, second.OpenedAfter);
    }

    [JournalFact]
    public async Task Everything_is_there_after_opening_again()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(
            new(Noon, SampleFacts.All) { Messages = [SampleMessages.Event("a"), SampleMessages.Event("b")] });
        var (facts, messages) = (await TextsAsync(Scene), await OutboxAsync());
        await ReopenAsync();
        Assert.Equal(facts, await TextsAsync(Scene));
        Assert.Equal(messages, await OutboxAsync());

        // The epoch stands, too: who had it before the restart may go on until somebody takes over.
        var next = await Journal.OpenWriterAsync(Scene);
        Assert.True(next.Epoch > writer.Epoch);
    }

    [JournalFact]
    public async Task An_append_that_is_too_large_is_refused_and_nothing_of_it_is_written()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        var append = new SceneAppend(
            Noon, Started(1), new SceneFact.SceneRetracted(1, new string('x', SceneAppend.MaxBytes)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.AppendAsync(append));
        Assert.Empty(await ReadAllAsync(Scene));
    }

    protected async Task ReopenAsync()
    {
        await Journal.DisposeAsync();
        Journal = await OpenAsync();
    }

    private static SceneFact Started(int index) => new SceneFact.TileCrashed(new StripKey(index, 1), default, 1);

    private static async Task<bool> TryAsync(ISceneWriter writer, int index)
    {
        try
        {
            await writer.AppendAsync(new(Noon, Started(index)));
            return true;
        }
        catch (StaleEpochException)
        {
            return false;
        }
    }

    private async Task<List<RecordedFact>> ReadAllAsync(SceneId scene, long after = 0)
    {
        var facts = new List<RecordedFact>();
        await foreach (var fact in Journal.ReadAsync(scene, after))
        {
            facts.Add(fact);
        }

        return facts;
    }

    private async Task<List<string>> TextsAsync(SceneId scene) =>
        [.. (await ReadAllAsync(scene)).Select(SampleFacts.Text)];

    private async Task<List<string>> OutboxAsync() =>
        [.. (await Journal.Outbox.ReadAsync(0, int.MaxValue, long.MaxValue)).Select(SampleMessages.Text)];
}
