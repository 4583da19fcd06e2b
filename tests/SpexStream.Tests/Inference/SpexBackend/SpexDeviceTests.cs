using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Inference;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Weights;
using SpexStream.Pipeline.Models;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Inference.SpexBackend;

/// <summary>SPEX on two devices.</summary>
public sealed class SpexDeviceTests(StripFiles files) : IClassFixture<StripFiles>, IDisposable
{
    private static readonly ProcessingOptions Options = new() { TileSize = 256 };
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_device_that_breaks_in_the_middle_loses_nothing_and_every_class_keeps_the_models_words()
    {
        TinySpex.Write(7, _folder["pack"], Precision.Float32, 64, 6);
        var faults = new List<DeviceFaultException>();
        var whole = await ProcessAsync(null, _ => { });
        var broken = await ProcessAsync(DeviceName.Parse("cpu:0"), faults.Add);

        Assert.NotEmpty(faults);
        Assert.Equal(whole.Products.Keys.Order(), broken.Products.Keys.Order());
        Assert.All(whole.Products, product => Assert.True(
            product.Value.AsSpan().SequenceEqual(broken.Products[product.Key]), product.Key));
        Assert.Equal(Said(whole.Outcome), Said(broken.Outcome));
        Assert.Contains(whole.Outcome.Classes, facts => facts.Said is not null);
        Assert.All(whole.Outcome.Classes, facts => Assert.Contains(
            facts.Remarks, remark => remark.StartsWith("The model is untrained", StringComparison.Ordinal)));
    }

    public void Dispose() => _folder.Dispose();

    private static ModelText?[] Said(SceneOutcome outcome) => [.. outcome.Classes.Select(facts => facts.Said)];

    private async Task<(SceneOutcome Outcome, IReadOnlyDictionary<string, byte[]> Products)> ProcessAsync(
        DeviceName? breaks, Action<DeviceFaultException> onFault)
    {
        using var model = new BreakingModel(PackLoader.Load(
            _folder["pack"], [new ModelSessionOptions { Device = DeviceName.Cpu }], TimeProvider.System), Options)
        {
            Broken = breaks,
            Good = 1,
        };
        await using var bench = new Workbench(
            Options, change: options => options with { Models = new ModelLimits { BatchSize = 2 } }, backends: model,
            onFault: onFault);
        await bench.Runtime.Models!.PrepareAsync(model);
        for (var index = 0; index < 3; index++)
        {
            await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 3, index), CancellationToken.None);
        }

        var outcome = await bench.Events.ClosedAsync("made");
        return (outcome, Workbench.Products(outcome));
    }
}
