using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using Xunit;

namespace SpexStream.Tests.Journal;

public abstract partial class SceneJournalContract
{
    [JournalFact]
    public async Task Hundreds_of_scenes_and_many_callers_do_not_get_into_each_others_way()
    {
        const int Scenes = 200, Callers = 32, Appends = 40;
        var writers = await Task.WhenAll(Enumerable.Range(0, Scenes)
            .Select(async i => await Journal.OpenWriterAsync(SceneId.Parse($"scene-{i}"))));
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            var random = new Random(caller);
            for (var i = 0; i < Appends; i++)
            {
                var writer = writers[random.Next(Scenes)];
                var append = new SceneAppend(Noon, Started((caller * Appends) + i), Started((caller * Appends) + i))
                {
                    Messages = [SampleMessages.Event($"{caller}-{i}")],
                    Durability = random.Next(2) == 0 ? Durability.PowerCut : Durability.Crash,
                };
                await writer.AppendAsync(append);
            }
        }));

        var total = 0;
        foreach (var writer in writers)
        {
            var facts = await ReadAllAsync(writer.Scene);
            Assert.Equal(Enumerable.Range(1, facts.Count).Select(i => (long)i), facts.Select(fact => fact.Sequence));
            Assert.All(facts.Chunk(2), pair =>
                Assert.Equal(SampleFacts.Text(pair[0].Fact), SampleFacts.Text(pair[1].Fact)));
            total += facts.Count;
        }

        Assert.Equal(Callers * Appends * 2, total);
        var ids = (await Journal.Outbox.ReadAsync(0, int.MaxValue, long.MaxValue))
            .Select(entry => entry.Message.EventId).ToList();
        Assert.Equal(Callers * Appends, ids.Distinct().Count());
        for (var caller = 0; caller < Callers; caller++)
        {
            // What one caller wrote one after the other is told in that order.
            var own = ids.Where(id => id.StartsWith($"{caller}-", StringComparison.Ordinal));
            Assert.Equal(Enumerable.Range(0, Appends).Select(i => $"{caller}-{i}"), own);
        }
    }

    [JournalFact]
    public async Task Overlapping_appends_of_one_writer_are_written_in_the_order_of_the_calls()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        var appends = Enumerable.Range(0, 500).Select(i => writer.AppendAsync(new(Noon, Started(i))).AsTask())
            .ToArray();
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), await Task.WhenAll(appends));
        var facts = await ReadAllAsync(Scene);
        Assert.Equal(
            Enumerable.Range(0, 500).Select(i => SampleFacts.Text(Started(i))),
            facts.Select(fact => SampleFacts.Text(fact.Fact)));
    }

    [JournalFact]
    public async Task A_cancelled_append_is_either_written_and_answered_or_not_written()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        var random = new Random(17);
        var calls = new List<(int Index, Task Call)>();
        for (var i = 0; i < 300; i++)
        {
            using var stop = new CancellationTokenSource();
            calls.Add((i, writer.AppendAsync(new(Noon, Started(i)), stop.Token).AsTask()));
            if (random.Next(2) == 0)
            {
                await stop.CancelAsync();
            }
        }

        var answered = new List<string>();
        foreach (var (index, call) in calls)
        {
            await call.ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (call.IsCompletedSuccessfully)
            {
                answered.Add(SampleFacts.Text(Started(index)));
            }
            else
            {
                Assert.True(call.IsCanceled);
            }
        }

        Assert.Equal(answered, (await ReadAllAsync(Scene)).Select(fact => SampleFacts.Text(fact.Fact)));
    }

    [JournalFact]
    public async Task A_caller_that_was_cancelled_before_writes_nothing()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await writer.AppendAsync(new(Noon, Started(1)), new CancellationToken(canceled: true)));
        Assert.Empty(await ReadAllAsync(Scene));
    }

    [JournalFact]
    public async Task A_journal_that_was_disposed_of_says_so()
    {
        var writer = await Journal.OpenWriterAsync(Scene);
        var waiting = Journal.Outbox.WaitAsync(0, CancellationToken.None).AsTask();
        await Journal.DisposeAsync();
        await Journal.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await writer.AppendAsync(new(Noon, Started(1))));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Journal.ListOpenAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10)));
    }
}
