using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Scenes;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pipeline;

/// <summary>What a scene leaves behind that ends while its tiles wait.</summary>
public abstract class EndedSceneTests(StripFiles files, RuntimeKind kind) : IClassFixture<StripFiles>
{
    private const int Window = 16;
    private static readonly ProcessingOptions Tiny = new() { TileSize = 64, Products = ProductKinds.Masks };

    [Fact]
    public async Task The_tiles_of_a_scene_that_has_ended_take_no_room_from_the_next_one()
    {
        using var pipe = new Fifo();
        await using var bench = new Workbench(
            kind, Tiny, threads: 1, store: new HookedStore(StripFiles.Store, (_, _) => pipe.Hang()),
            change: options => options with { MaxOpenScenes = 1, SceneTiles = Window });
        using var end = pipe.ReleasedAtEnd();
        foreach (var index in new[] { 0, 2 })
        {
            await bench.Runtime.DeliverAsync(
                files.Delivery(MadeImagery.SixBands, 3, index, "ends"), CancellationToken.None);
        }

        Assert.True(await pipe.EnteredAsync());
        Assert.Equal(Window - 1, bench.Figures.QueuedTiles);
        var tiers = ImmutableSortedDictionary<int, StripTier>.Empty.Add(1, StripTier.Critical);
        await bench.Runtime.EndPassAsync(new(SceneId.Parse("ends"), null) { Tiers = tiers }, CancellationToken.None);
        // One scene may be open: this one waits for the end of the other.
        await bench.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 1, 0, "next"), CancellationToken.None);

        pipe.Release();
        Assert.Equal(100, (await bench.Events.ClosedAsync("next")).CompletenessPercent);
        Assert.DoesNotContain(bench.Events.Lines, line => line.StartsWith("failed", StringComparison.Ordinal));
    }
}
