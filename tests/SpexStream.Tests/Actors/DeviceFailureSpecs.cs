using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Actors;
using SpexStream.Actors.Tiles;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Tests.Pipeline;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>Devices whose actors die in the middle of a strip.</summary>
public sealed class DeviceFailureSpecs(StripFiles files) : IClassFixture<StripFiles>
{
    private static readonly ProcessingOptions Small = new() { TileSize = 128, Products = ProductKinds.Masks };

    [Fact]
    public async Task Actors_that_die_on_their_tiles_are_restarted_and_the_scene_has_the_same_products()
    {
        await using var whole = new Workbench(RuntimeKind.Local, Small);
        await whole.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 1, 0), CancellationToken.None);
        var expected = Workbench.Products(await whole.Events.ClosedAsync("made"));

        BreakingWorks? works = null;
        await using var bench = new Workbench(
            Small, (options, ports) =>
            {
                var tiles = new OfferedTiles(options.MaxOpenScenes * options.SceneTiles);
                works = new BreakingWorks(new(options, ports, tiles), breaks: 4);
                var runtime = new AkkaRuntime(new AkkaRuntimeOptions(), works, tiles, NullLoggerFactory.Instance);
                return new(runtime, runtime, works.Inner);
            });
        await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 1, 0), CancellationToken.None);
        var outcome = await bench.Events.ClosedAsync("made");

        var products = Workbench.Products(outcome);
        Assert.All(expected.Where(product => product.Key != "item.json"),
            product => Assert.True(product.Value.AsSpan().SequenceEqual(products[product.Key]), product.Key));
        // Two devices, and a new bench for each time that one died.
        Assert.Equal((0, 2 + 4), (works!.Left, works.Opened));
        Assert.DoesNotContain(bench.Events.Lines, line => line.StartsWith("given up", StringComparison.Ordinal));
        Assert.Equal(0, bench.Figures.Works.ReadyTiles);
        Assert.Empty(bench.Figures.DevicesOut);
    }

    [Fact]
    public async Task A_device_that_fails_again_and_again_is_told_to_be_out_of_service()
    {
        await using var bench = new Workbench(
            Small, (options, ports) =>
            {
                var tiles = new OfferedTiles(options.MaxOpenScenes * options.SceneTiles);
                var works = new BreakingWorks(new(options, ports, tiles), breaks: 0) { OpensNot = "cpu:1" };
                var runtime = new AkkaRuntime(new AkkaRuntimeOptions(), works, tiles, NullLoggerFactory.Instance);
                return new(runtime, runtime, works.Inner);
            });
        await Workbench.ComesAsync(() => bench.Figures.DevicesOut.Any());
        Assert.Equal(["cpu:1"], bench.Figures.DevicesOut.AsEnumerable());
        // The other one does the work.
        await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 1, 0), CancellationToken.None);
        Assert.Equal(100, (await bench.Events.ClosedAsync("made")).CompletenessPercent);
    }
}
