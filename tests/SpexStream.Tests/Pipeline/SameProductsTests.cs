using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using Xunit;

namespace SpexStream.Tests.Pipeline;

/// <summary>However a scene is cut, delivered and worked on, its products are the same to the byte.</summary>
public abstract class SameProductsTests(StripFiles files, RuntimeKind kind) : IClassFixture<StripFiles>
{
    [Theory]
    [InlineData("six")]
    [InlineData("four")]
    [InlineData("six-raw")]
    [InlineData("four-raw")]
    public async Task Strips_order_tiles_and_threads_do_not_show_in_the_products(string name)
    {
        var imagery = MadeImagery.ByName(name);
        var whole = await ProcessAsync(imagery, 1, 512, 1);
        Assert.Contains("water.tif", whole.Keys);
        Assert.Equal(11, whole.Count);
        foreach (var (strips, tile, threads) in new[]
        {
            (1, 256, 3), (1, 1024, 1), (3, 512, 3), (3, 256, 1), (3, 128, 3), (17, 512, 1), (17, 1024, 3), (17, 128, 1),
        })
        {
            var other = await ProcessAsync(imagery, strips, tile, threads);
            Assert.Equal(whole.Keys.Order(), other.Keys.Order());
            Assert.All(whole, product => Assert.True(
                product.Value.AsSpan().SequenceEqual(other[product.Key]),
                $"{product.Key} of {name}, {strips} strips, tile {tile}, {threads} threads"));
        }
    }

    [Fact]
    public async Task Strips_placed_by_their_geotransform_alone_give_the_same()
    {
        const int Beginning = 1000;
        var placed = await ProcessAsync(MadeImagery.SixBands, 3, 256, 2);
        var unplaced = await ProcessAsync(MadeImagery.SixBands, 3, 256, 2, change: delivery => delivery with
        {
            Scene = delivery.Scene with
            {
                RowsAreAbsolute = true,
                Height = null,
                Transform = delivery.Scene.Transform?.Shifted(0, -Beginning),
            },
            Strip = delivery.Strip with { RowOffset = delivery.Strip.RowOffset + Beginning },
        });
        Assert.All(
            placed, product => Assert.True(product.Value.AsSpan().SequenceEqual(unplaced[product.Key]), product.Key));
    }

    [Fact]
    public async Task Results_that_went_through_the_work_folder_are_the_same()
    {
        var held = await ProcessAsync(MadeImagery.SixBands, 3, 256, 2);
        var spilled = await ProcessAsync(
            MadeImagery.SixBands, 3, 256, 2, new ProcessingOptions { ResultBudgetBytes = 1 });
        Assert.All(
            held, product => Assert.True(product.Value.AsSpan().SequenceEqual(spilled[product.Key]), product.Key));
    }

    [Fact]
    public async Task A_scene_of_known_truth_has_the_classes_that_were_put_into_it()
    {
        var whole = await ProcessAsync(MadeImagery.SixBands, 1, 512, 2);
        // A product that compares equal because nothing was found would prove nothing.
        Assert.All(["water.tif", "vegetation.tif", "buildings.tif", "regions.geojson"],
            name => Assert.InRange(whole[name].Length, 4000, int.MaxValue));
    }

    private async Task<IReadOnlyDictionary<string, byte[]>> ProcessAsync(
        MadeImagery imagery, int strips, int tile, int threads, ProcessingOptions? options = null,
        Func<StripDelivery, StripDelivery>? change = null)
    {
        await using var bench = new Workbench(
            kind, (options ?? new ProcessingOptions()) with { TileSize = tile }, threads);
        var order = Enumerable.Range(0, strips).ToArray();
        new Random(strips + tile).Shuffle(order);
        foreach (var index in order)
        {
            Assert.IsType<DeliveryOutcome.Accepted>(
                await bench.Runtime.DeliverAsync(change?.Invoke(files.Delivery(imagery, strips, index))
                    ?? files.Delivery(imagery, strips, index), CancellationToken.None));
        }

        SceneOutcome outcome = await bench.Events.ClosedAsync("made");
        Assert.Equal(100, outcome.CompletenessPercent);
        Assert.Equal(Enumerable.Range(0, strips), bench.Events.Summaries.Select(summary => summary.Strip).Order());
        var products = new Dictionary<string, byte[]>(Workbench.Products(outcome));
        // The item tells how many strips came; the files' checksums in it are compared with the files.
        products.Remove("item.json");
        return products;
    }
}
