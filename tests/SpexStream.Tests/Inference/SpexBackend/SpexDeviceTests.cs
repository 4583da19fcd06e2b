using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;
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
    private static readonly ProcessingOptions Options = new()
    {
        TileSize = 256,
        Classes = [LandCoverClass.Water],
        Products = ProductKinds.Masks | ProductKinds.Confidence,
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_device_that_breaks_in_the_middle_loses_neither_tiles_nor_words()
    {
        TinySpex.Write(7, _folder["pack"], Precision.Float32, 64, 6);
        var faults = new List<DeviceFaultException>();
        var whole = await ProcessAsync(null, _ => { });
        var broken = await ProcessAsync(DeviceName.Parse("cpu:0"), faults.Add);

        Assert.NotEmpty(faults);
        Assert.Equal(100, broken.Outcome.CompletenessPercent);
        Assert.Equal(whole.Mask, broken.Mask);
        Assert.Equal(whole.Confidence, broken.Confidence);
        Assert.Equal(whole.Outcome.Classes[0].Said, broken.Outcome.Classes[0].Said);
        Assert.NotNull(whole.Outcome.Classes[0].Said);
        Assert.Contains(
            whole.Outcome.Classes[0].Remarks,
            remark => remark.StartsWith("The model is untrained", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Describe the forests.", "not among the classes")]
    [InlineData("Describe the image.", "names no class")]
    public async Task An_announcement_that_asks_for_what_cannot_be_told_is_refused_with_the_reason(
        string instruction, string reason)
    {
        TinySpex.Write(7, _folder["pack"], Precision.Float32, 64, 6);
        using var model = Load(null);
        await using var bench = Bench(model, _ => { });
        var outcome = await bench.Runtime.DeliverAsync(
            files.Delivery(MadeImagery.SixBands, 3, 0, change: strip => strip with { Instruction = instruction }),
            CancellationToken.None);

        var refused = Assert.IsType<DeliveryOutcome.Refused>(outcome);
        Assert.Contains(reason, refused.Rejection.Sentence, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Workbench Bench(BreakingModel model, Action<DeviceFaultException> onFault) => new(
        RuntimeKind.Local, Options, change: options => options with { Models = new ModelLimits { BatchSize = 2 } }, backends: model,
        onFault: onFault);

    private BreakingModel Load(DeviceName? breaks) => new(
        PackLoader.Load(_folder["pack"], [new ModelSessionOptions { Device = DeviceName.Cpu }], TimeProvider.System),
        Options)
    {
        Broken = breaks,
        Good = 1,
    };

    private async Task<(SceneOutcome Outcome, byte[] Mask, byte[] Confidence)> ProcessAsync(
        DeviceName? breaks, Action<DeviceFaultException> onFault)
    {
        using var model = Load(breaks);
        await using var bench = Bench(model, onFault);
        await bench.Models!.PrepareAsync(model);
        for (var index = 0; index < 3; index++)
        {
            await bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 3, index), CancellationToken.None);
        }

        var outcome = await bench.Events.ClosedAsync("made");
        return (outcome, Workbench.Pixels(outcome, "water.tif"), Workbench.Pixels(outcome, "water-confidence.tif"));
    }
}
