using SpexStream.Domain.Announcements;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Models;
using SpexStream.Tests.Pipeline;
using Xunit;

namespace SpexStream.Tests.Devices;

/// <summary>Scenes whose tiles go through devices in batches have the same products, whatever becomes of the
/// devices.</summary>
public sealed class ModelDeviceTests(StripFiles files) : IClassFixture<StripFiles>
{
    private static readonly DeviceName First = DeviceName.Parse("cpu:0");
    private static readonly DeviceName Second = DeviceName.Parse("cpu:1");
    private static readonly ProcessingOptions Options = new() { TileSize = 128 };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(17, 3)]
    public async Task Batches_of_any_size_give_the_products_that_the_rules_give_directly(int strips, int batch)
    {
        var model = new RuleModel();
        var asked = await ProcessAsync(model, strips, batch);

        Same(await ProcessAsync(null, strips, batch), asked);
        // What a later strip or the whole scene's findings change is asked about again.
        Assert.InRange(model.Batches.Sum(computed => computed.Tiles), 72, strips == 1 ? 72 : 150);
        Assert.All(model.Batches, computed => Assert.InRange(computed.Tiles, 1, batch));
        Assert.Equal(0, model.OpenSessions);
    }

    [Fact]
    public async Task A_missing_strip_leaves_a_gap_and_the_rows_around_it_are_asked_about_in_parts()
    {
        var model = new RuleModel();
        var direct = await ProcessAsync(null, 17, 4, missing: 5);
        var asked = await ProcessAsync(model, 17, 4, missing: 5);

        Same(direct, asked);
        Assert.True(model.Batches.Sum(computed => computed.Tiles) > 72, "no tile was asked about in parts");
    }

    [Fact]
    public async Task A_device_that_breaks_in_the_middle_gives_its_tiles_to_the_other()
    {
        var model = new RuleModel();
        model.FailOn(First, (batch, _) => batch > 2 ? DeviceFaultKind.Failed : null);
        var faults = new List<DeviceFaultException>();
        var asked = await ProcessAsync(model, 3, 4, onFault: faults.Add);

        Same(await ProcessAsync(null, 3, 4), asked);
        Assert.NotEmpty(faults);
        Assert.True(model.Batches.Count(batch => batch.Device == First) <= 2);
        Assert.Equal(0, model.OpenSessions);
    }

    [Fact]
    public async Task Devices_that_all_break_for_a_while_lose_nothing()
    {
        var model = new RuleModel();
        model.FailOn(First, (batch, _) => batch is > 1 and < 4 ? DeviceFaultKind.Failed : null);
        model.FailOn(Second, (batch, _) => batch is > 1 and < 3 ? DeviceFaultKind.Failed : null);

        Same(await ProcessAsync(null, 3, 4), await ProcessAsync(model, 3, 4));
    }

    [Fact]
    public async Task A_device_without_memory_for_a_batch_goes_on_with_half_of_it()
    {
        var model = new RuleModel();
        foreach (var device in new[] { First, Second })
        {
            model.FailOn(device, (_, tiles) => tiles > 3 ? DeviceFaultKind.OutOfMemory : null);
        }

        Same(await ProcessAsync(null, 3, 8), await ProcessAsync(model, 3, 8));
        Assert.All(model.Batches, batch => Assert.InRange(batch.Tiles, 1, 3));
    }

    [Fact]
    public async Task When_no_device_works_rules_answer_and_the_product_says_so()
    {
        var model = new RuleModel();
        foreach (var device in new[] { First, Second })
        {
            model.FailOn(device, (_, _) => DeviceFaultKind.Failed);
        }

        await using var bench = Bench(model, 4, _ => { });
        await bench.Runtime.Models!.PrepareAsync(model);
        await DeliverAsync(bench, 1, null);
        var outcome = await bench.Events.ClosedAsync("made");

        Assert.Equal(100, outcome.CompletenessPercent);
        Assert.DoesNotContain((byte)254, Workbench.Pixels(outcome, "water.tif"));
        Assert.Contains((byte)1, Workbench.Pixels(outcome, "water.tif"));
        Assert.All(outcome.Classes, facts => Assert.Contains(
            "72 of 72 tiles were answered by the spectral rules instead of the model", facts.Remarks));
    }

    [Fact]
    public async Task Tiles_that_the_model_cannot_do_in_time_are_done_by_rules_and_by_the_model_in_the_next_revision()
    {
        var model = new RuleModel();
        await using var bench = Bench(model, 4, _ => { });
        // Eighteen batches of three seconds are more than two devices do in fifteen seconds.
        model.OnInfer = () => bench.Clock.Advance(TimeSpan.FromSeconds(3));
        await bench.Runtime.Models!.PrepareAsync(model);
        var due = bench.Clock.GetUtcNow().AddSeconds(15);
        await bench.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 1, 0, change: strip => strip with { Deadline = due }),
            CancellationToken.None);
        var first = await bench.Events.ClosedAsync("made");
        bench.Events.Forget("made");

        Assert.Equal(1, first.Revision);
        Assert.Contains(
            first.Classes[0].Remarks, remark => remark.Contains("instead of the model", StringComparison.Ordinal));

        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        var second = await bench.Events.ClosedAsync("made");
        Assert.Equal(2, second.Revision);
        Assert.DoesNotContain(
            second.Classes[0].Remarks, remark => remark.Contains("instead", StringComparison.Ordinal));
        var direct = await ProcessAsync(null, 1, 4);
        Assert.True(direct["water.tif"].AsSpan().SequenceEqual(Workbench.Products(second)["water.tif"]));
    }

    [Fact]
    public async Task A_batch_at_hand_is_given_up_when_the_runtime_ends_and_no_device_is_blamed()
    {
        var (model, faults) = (new RuleModel(), new List<DeviceFaultException>());
        var computing = new TaskCompletionSource();
        var wasGivenUp = false;
        model.OnCancellable = cancellation =>
        {
            computing.TrySetResult();
            wasGivenUp |= cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
            cancellation.ThrowIfCancellationRequested();
        };
        await using (var bench = Bench(model, 4, faults.Add))
        {
            await bench.Runtime.Models!.PrepareAsync(model);
            await DeliverAsync(bench, 1, null);
            await computing.Task;
        }

        Assert.True(wasGivenUp);
        Assert.Empty(faults);
        Assert.Equal(0, model.OpenSessions);
    }

    private static void Same(IReadOnlyDictionary<string, byte[]> expected, IReadOnlyDictionary<string, byte[]> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(
            expected, product => Assert.True(product.Value.AsSpan().SequenceEqual(actual[product.Key]), product.Key));
    }

    private static Workbench Bench(RuleModel? model, int batch, Action<DeviceFaultException> onFault) => model is null
        ? new Workbench(Options)
        : new Workbench(
            Options, change: options => options with { Models = new ModelLimits { BatchSize = batch } },
            backends: new RuleBackends(model, Options), onFault: onFault);

    private async Task<IReadOnlyDictionary<string, byte[]>> ProcessAsync(
        RuleModel? model, int strips, int batch, int? missing = null, Action<DeviceFaultException>? onFault = null)
    {
        await using var bench = Bench(model, batch, onFault ?? (_ => { }));
        if (model is not null)
        {
            await bench.Runtime.Models!.PrepareAsync(model);
        }

        await DeliverAsync(bench, strips, missing);
        var products = new Dictionary<string, byte[]>(Workbench.Products(await bench.Events.ClosedAsync("made")));
        products.Remove("item.json");
        return products;
    }

    private async Task DeliverAsync(Workbench bench, int strips, int? missing)
    {
        foreach (var index in Enumerable.Range(0, strips).Where(index => index != missing))
        {
            Assert.IsType<DeliveryOutcome.Accepted>(await bench.Runtime.DeliverAsync(
                files.Delivery(MadeImagery.SixBands, strips, index), CancellationToken.None));
        }

        if (missing is not null)
        {
            await bench.Runtime.EndPassAsync(new(Domain.Identity.SceneId.Parse("made"), null), CancellationToken.None);
        }
    }
}
