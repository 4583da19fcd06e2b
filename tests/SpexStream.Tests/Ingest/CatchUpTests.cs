using System.Collections.Concurrent;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Messaging.CatchUp;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Ingest;

/// <summary>A copy of every announcement beside those that the nodes of a group get.</summary>
public sealed class CatchUpTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly SettledInMemory _settled = new();
    private readonly ConcurrentQueue<string> _takenUp = new();
    private readonly ManualClock _clock = new(new(2026, 5, 1, 10, 0, 0, TimeSpan.Zero)) { Skips = Grace };

    [Fact]
    public async Task What_a_node_has_settled_is_acknowledged_and_dropped()
    {
        await using var group = Group();
        await using var session = Session();
        var path = group.NewFile("a.tif");
        await group.Announce(IngestBench.Strip("s", 0, path)).AcknowledgedAsync();
        await group.Connection.Receive("spex/a/test/in/strip/sat-1/msi", "{}").AcknowledgedAsync();
        await AllNotedAsync(2);

        await session.Announce(IngestBench.Strip("s", 0, path)).AcknowledgedAsync();
        await session.Connection.Receive("spex/a/test/in/strip/sat-1/msi", "{}").AcknowledgedAsync();
        Assert.Empty(session.Runtime.Delivered);
        // The node has said what was wrong; nobody says it again.
        Assert.Single(group.DeadLetters());
        Assert.Empty(session.Posted);
    }

    [Fact]
    public async Task What_no_node_settles_within_the_grace_time_is_taken_up_and_not_before()
    {
        await using var session = Session();
        var began = _clock.GetUtcNow();
        _settled.OnLook = (_, _) => Assert.Empty(session.Runtime.Delivered);
        await session.Announce(IngestBench.Strip("s", 0, session.NewFile("a.tif"))).AcknowledgedAsync();
        Assert.Equal(Grace, _clock.GetUtcNow() - began);
        Assert.Equal(7, _settled.Looks);
        Assert.Single(session.Runtime.Delivered);
        await session.StopAsync();
        Assert.Single(_settled.CaughtUp);
    }

    [Fact]
    public async Task What_is_taken_up_is_told_by_its_scene_and_strip()
    {
        await using var session = Session();
        await session.Announce(IngestBench.Strip("s", 3, session.NewFile("a.tif"))).AcknowledgedAsync();
        await session.Connection.Receive(
            "spex/a/test/in/scene/sat-1/msi", """{"type":"Feature","properties":{"spex:scene_id":"s"}}""")
            .AcknowledgedAsync();
        await session.Connection.Receive("spex/a/test/in/strip/sat-1/msi", "{}").AcknowledgedAsync();
        Assert.Equal(
            ["strip 3 of scene s", "the end of the pass of scene s",
                "one without a scene, on 'spex/a/test/in/strip/sat-1/msi'"],
            _takenUp);
    }

    [Fact]
    public async Task What_a_node_settles_within_the_grace_time_is_dropped_then()
    {
        await using var session = Session();
        var began = _clock.GetUtcNow();
        _settled.OnLook = (look, mark) =>
        {
            if (look == 3)
            {
                _ = _settled.NoteAsync(mark).AsTask();
            }
        };
        await session.Announce(IngestBench.Strip("s", 0, session.NewFile("a.tif"))).AcknowledgedAsync();
        Assert.Equal(TimeSpan.FromSeconds(1.5), _clock.GetUtcNow() - began);
        Assert.Empty(session.Runtime.Delivered);
    }

    [Fact]
    public async Task The_same_bytes_announced_twice_and_settled_once_are_taken_up_once()
    {
        await using var group = Group();
        await using var session = Session();
        var path = session.NewFile("a.tif");
        await group.Announce(IngestBench.Strip("s", 0, path)).AcknowledgedAsync();
        await AllNotedAsync(1);
        for (var copy = 0; copy < 2; copy++)
        {
            await session.Announce(IngestBench.Strip("s", 0, path)).AcknowledgedAsync();
        }

        Assert.Single(session.Runtime.Delivered);
    }

    [Fact]
    public async Task A_node_whose_journal_takes_no_note_takes_strips_all_the_same()
    {
        _settled.Fault = new JournalUnavailableException("away");
        await using var group = Group();
        var path = group.NewFile("a.tif");
        await group.Announce(IngestBench.Strip("s", 0, path)).AcknowledgedAsync();
        await group.Announce(IngestBench.Strip("s", 1, path)).AcknowledgedAsync();
        Assert.Equal(2, group.Runtime.Delivered.Count);
    }

    [Fact]
    public async Task An_acknowledgement_that_the_broker_never_got_is_not_noted()
    {
        await using var group = Group();
        group.Connection.LosesAcknowledgements = true;
        var lost = group.Announce(IngestBench.Strip("s", 0, group.NewFile("a.tif")));
        await lost.AcknowledgedAsync();
        await group.StopAsync();
        Assert.Empty(_settled.Noted);
    }

    [Fact]
    public async Task A_copy_that_comes_again_because_its_acknowledgement_was_lost_is_known_again()
    {
        await using var group = Group();
        await using var session = Session();
        var strip = IngestBench.Strip("s", 0, session.NewFile("a.tif"));
        await group.Announce(strip).AcknowledgedAsync();
        await AllNotedAsync(1);
        session.Connection.LosesAcknowledgements = true;
        await session.Announce(strip).DisposedAsync();
        session.Connection.LosesAcknowledgements = false;
        await session.Announce(strip).AcknowledgedAsync();
        Assert.Empty(session.Runtime.Delivered);
    }

    [Fact]
    public async Task What_waits_for_its_node_holds_no_turn()
    {
        await using var session = SessionThatWaits();
        var path = session.NewFile("a.tif");
        FakeDelivery[] waiting =
            [.. Enumerable.Range(0, 20).Select(i => session.Announce(IngestBench.Strip("s", i, path)))];
        foreach (var _ in waiting)
        {
            await _settled.LookedAsync();
        }

        Assert.DoesNotContain(waiting, delivery => delivery.IsAcknowledged);
        Assert.Equal(20, session.Ingest.Unsettled);
    }

    private IngestBench Group() => Started(new(watch: _ => new GroupWatch(_settled)));

    private IngestBench Session() => SessionBy(_clock);

    private IngestBench SessionThatWaits() => SessionBy(new ManualClock(default));

    private IngestBench SessionBy(ManualClock clock) => Started(new(
        options => options with { Parallelism = 2 }, watch: meter => new CatchUpWatch(_settled, Grace, meter, clock) { OnTakenUp = _takenUp.Enqueue }));

    private static IngestBench Started(IngestBench bench)
    {
        bench.Start();
        return bench;
    }

    // Notes are written behind the acknowledgement.
    private async Task AllNotedAsync(int count)
    {
        using var limit = new CancellationTokenSource(Soon);
        while (_settled.Noted.Count < count)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
