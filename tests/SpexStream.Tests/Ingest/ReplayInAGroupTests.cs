using SpexStream.Domain.Commands;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Pipeline.Scenes;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.Tests.Ingest;

/// <summary>A folder is replayed by a node that has none of its scenes.</summary>
public sealed class ReplayInAGroupTests
{
    private static readonly SceneId Pass = SceneId.Parse("pass");
    private readonly MemoryJournal _journal = new(new MemoryStore());

    [Fact]
    public async Task What_the_journal_knows_of_scenes_of_other_nodes_was_there_already()
    {
        await using var bench = NewBench();
        var first = await bench.Ingest.ReplayAsync(bench.Incoming, CancellationToken.None);
        Assert.Equal(new ReplayCount(2, 0), first.Strips);

        var again = await bench.Ingest.ReplayAsync(bench.Incoming, CancellationToken.None);
        Assert.Equal(new ReplayCount(0, 2), again.Strips);
        Assert.Equal("2 strips: 0 taken, 2 were there already.", again.Sentence);
        // Only the scene itself decides, and its node is asked all the same.
        Assert.Equal(4, bench.Runtime.Delivered.Count);
    }

    [Fact]
    public async Task New_content_and_strips_of_a_scene_that_failed_are_taken()
    {
        await using var bench = NewBench();
        await bench.Ingest.ReplayAsync(bench.Incoming, CancellationToken.None);
        File.SetLastWriteTimeUtc(Path.Combine(bench.Incoming, "0.tif"), new DateTime(2026, 5, 1, 9, 0, 0));
        Assert.Equal(
            new ReplayCount(1, 1), (await bench.Ingest.ReplayAsync(bench.Incoming, CancellationToken.None)).Strips);

        await WriteAsync(new SceneFact.SceneFailed("missing-critical", "Strip 3 did not come.", [3]));
        Assert.Equal(
            new ReplayCount(2, 0), (await bench.Ingest.ReplayAsync(bench.Incoming, CancellationToken.None)).Strips);
    }

    [Fact]
    public async Task A_strip_in_quarantine_is_taken_and_a_released_one_known()
    {
        await using var bench = NewBench();
        await bench.Ingest.ReplayAsync(bench.Incoming, CancellationToken.None);
        await WriteAsync(new SceneFact.StripQuarantined(new(1, 1), 3, "on a device at 3 crashes"));
        bench.Runtime.OnDeliver = (_, _) => PassedOn();
        Assert.Equal(
            new ReplayCount(1, 1), (await bench.Ingest.ReplayAsync(bench.Incoming, CancellationToken.None)).Strips);

        await WriteAsync(new SceneFact.StripReleased(new(1, 1)));
        Assert.Equal(
            new ReplayCount(0, 2), (await bench.Ingest.ReplayAsync(bench.Incoming, CancellationToken.None)).Strips);
    }

    [Fact]
    public async Task A_scene_of_this_node_says_itself_what_it_takes()
    {
        await using var bench = NewBench();
        await bench.Ingest.ReplayAsync(bench.Incoming, CancellationToken.None);
        bench.Runtime.OnDeliver = (_, _) => Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Accepted());
        Assert.Equal(
            new ReplayCount(2, 0), (await bench.Ingest.ReplayAsync(bench.Incoming, CancellationToken.None)).Strips);
    }

    // Strips go to another node, which writes them down.
    private IngestBench NewBench()
    {
        var bench = new IngestBench(known: () => new KnownStrips(_journal, TimeProvider.System).HasAsync);
        bench.Runtime.OnDeliver = async (delivery, _) =>
        {
            await WriteAsync(new SceneFact.StripAccepted(AcceptedStrip.Of(StampedPath.Name(delivery), 1)));
            return await PassedOn();
        };
        foreach (var index in Enumerable.Range(0, 2))
        {
            var strip = IngestBench.Strip(Pass.Value, index, bench.NewFile($"{index}.tif"));
            File.WriteAllBytes(
                Path.Combine(bench.Incoming, $"{index}.json"), StripAnnouncementEncoder.ToJson(strip));
        }

        return bench;
    }

    private async Task WriteAsync(SceneFact fact)
    {
        var writer = await _journal.OpenWriterAsync(Pass);
        await writer.AppendAsync(new SceneAppend(DateTimeOffset.UnixEpoch, [fact]));
    }

    private static Task<DeliveryOutcome> PassedOn() =>
        Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Accepted { IsPassedOn = true });
}
