using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using Xunit;

namespace SpexStream.Tests.Pipeline;

/// <summary>What becomes of strips when their scene breaks.</summary>
public abstract class FailureTests(StripFiles files, RuntimeKind kind) : IClassFixture<StripFiles>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ProcessingOptions Small = new() { TileSize = 256, Products = ProductKinds.Masks };

    [Fact]
    public async Task A_strip_that_its_scene_breaks_on_is_told_so_and_the_scene_begins_anew_with_the_next_one()
    {
        await using var bench = new Workbench(kind, Small);
        var broken = files.Delivery(MadeImagery.SixBands, 1, 0) with { Strip = null! };
        await Assert.ThrowsAnyAsync<Exception>(
            () => bench.Runtime.DeliverAsync(broken, CancellationToken.None).AsTask().WaitAsync(Patience));
        Assert.IsType<DeliveryOutcome.Accepted>(await bench.Runtime
            .DeliverAsync(files.Delivery(MadeImagery.SixBands, 1, 0), CancellationToken.None).AsTask().WaitAsync(
                Patience));
        Assert.Equal(100, (await bench.Events.ClosedAsync("made")).CompletenessPercent);
    }

    [Fact]
    public async Task The_strips_of_a_scene_that_failed_are_taken_and_worked_on_when_they_come_again()
    {
        await using var bench = new Workbench(kind, Small);
        Directory.CreateDirectory(bench.OutputRoot);
        var obstacle = Path.Combine(bench.OutputRoot, "made");
        await File.WriteAllTextAsync(obstacle, "no folder");
        await DeliverAsync(bench, 3, 0, 1, 2);
        await Assert.ThrowsAnyAsync<IOException>(() => bench.Events.ClosedAsync("made"));

        File.Delete(obstacle);
        bench.Events.Forget("made");
        // The first one opens the scene again with all that it has, so the others may be known already.
        Assert.IsType<DeliveryOutcome.Accepted>(
            await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 3, 0), CancellationToken.None));
        foreach (var index in new[] { 1, 2 })
        {
            Assert.IsNotType<DeliveryOutcome.Refused>(
                await bench.Runtime.DeliverAsync(
                    files.Delivery(MadeImagery.SixBands, 3, index), CancellationToken.None));
        }

        Assert.Equal(100, (await bench.Events.ClosedAsync("made")).CompletenessPercent);
        Assert.IsType<DeliveryOutcome.Duplicate>(
            await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 3, 1), CancellationToken.None));
    }

    [Fact]
    public async Task A_scene_whose_listener_waits_for_ever_does_not_hold_up_the_end_and_has_not_failed()
    {
        var events = new RecordedEvents { Opening = new TaskCompletionSource().Task };
        await using var bench = new Workbench(kind, Small, events: events);
        await DeliverAsync(bench, 3, 0);
        await bench.Runtime.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["opened made"], events.Lines);
    }

    [Fact]
    public async Task A_listener_that_breaks_fails_its_scene_and_nobody_waits_for_ever()
    {
        var events = new RecordedEvents { OnOpened = new InvalidOperationException("the listener broke") };
        await using var bench = new Workbench(
            kind, Small, events: events, change: options => options with { MaxOpenScenes = 1 });
        foreach (var scene in new[] { "one", "two" })
        {
            await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 3, 0, scene), CancellationToken.None)
                .AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            await Assert.ThrowsAsync<InvalidOperationException>(() => events.ClosedAsync(scene));
        }

        await Workbench.ComesAsync(() => bench.Figures.Works.ReadyTiles == 0);
    }

    private async Task DeliverAsync(Workbench bench, int count, params int[] order)
    {
        foreach (var index in order)
        {
            Assert.IsType<DeliveryOutcome.Accepted>(await bench.Runtime.DeliverAsync(
                files.Delivery(MadeImagery.SixBands, count, index), CancellationToken.None));
        }
    }
}
