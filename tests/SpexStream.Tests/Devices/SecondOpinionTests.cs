using SpexStream.Daemon.Composition;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Inference;
using SpexStream.Pipeline.Alerts;
using SpexStream.Pipeline.Models;
using SpexStream.Tests.Alerts;
using SpexStream.Tests.Inference;
using SpexStream.Tests.Pipeline;
using Xunit;

namespace SpexStream.Tests.Devices;

/// <summary>What the rules say of a scene that a model answers, as alerts get to know it.</summary>
public abstract class SecondOpinionTests(StripFiles files, RuntimeKind kind) : IClassFixture<StripFiles>
{
    private static readonly ProcessingOptions Options = new()
    {
        TileSize = 128,
        Classes = [LandCoverClass.Water],
        SecondOpinion = true,
    };

    [Theory]
    [InlineData(3, null, 0.05f)]
    [InlineData(17, 5, 0.05f)]
    [InlineData(1, null, -1f)]
    public async Task An_area_is_measured_where_the_model_and_the_rules_say_water(
        int strips, int? missing, float threshold)
    {
        using var pack = TestPack.Ndwi(threshold);
        using var model = pack.Load(Options.TileSize, devices: 2);
        var byModel = await ProcessAsync(new Packs(model, Options), Options, strips, missing, model);
        var byRules = await ProcessAsync(null, Options, strips, missing);

        var reading = Reading(byModel);
        Assert.Equal(("segmentation", "spectral"), (byModel.Outcome.Measured[0].Backend, reading.Second!.Backend));
        var (said, checkedBy) = (byModel.Water, byRules.Water);
        var yes = said.Count(code => code == MaskCode.Yes);
        var agreed = said.Zip(checkedBy).Count(pair => pair is { First: MaskCode.Yes, Second: MaskCode.Yes });
        Assert.InRange(agreed, 10_000, yes - 1);
        AssertShare((double)agreed / yes, reading, reading.Second.Both!);
        Assert.Null(reading.Second.Either);
        Assert.Equal(threshold < 0, agreed < yes / 2);
    }

    [Fact]
    public async Task A_rule_against_too_little_learns_of_the_most_that_there_may_be()
    {
        using var pack = TestPack.Ndwi(0.3f);
        using var model = pack.Load(Options.TileSize, devices: 2);
        var falls = Play.Water(enter: 1, exit: 2);
        var byModel = await ProcessAsync(new Packs(model, Options), Options, 1, null, model, falls);
        var byRules = await ProcessAsync(null, Options, 1);

        var reading = Reading(byModel);
        var (said, checkedBy) = (byModel.Water, byRules.Water);
        var either = said.Zip(checkedBy).Count(pair => pair.First is MaskCode.Yes
            || (pair.First == MaskCode.No && pair.Second != MaskCode.No));
        Assert.InRange(either, said.Count(code => code == MaskCode.Yes) + 100, said.Length / 2);
        AssertShare((double)either / said.Count(code => code == MaskCode.Yes), reading, reading.Second!.Either!);
        Assert.Null(reading.Second.Both);
    }

    [Fact]
    public async Task Tiles_that_rules_answered_in_place_of_the_model_have_no_second_opinion()
    {
        var model = new RuleModel();
        foreach (var device in new[] { "cpu:0", "cpu:1" })
        {
            model.FailOn(DeviceName.Parse(device), (_, _) => DeviceFaultKind.Failed);
        }

        var byRules = await ProcessAsync(new RuleBackends(model, Options), Options, 1, null, model);
        Assert.Contains(
            byRules.Outcome.Classes[0].Remarks, remark => remark.StartsWith("72 of 72", StringComparison.Ordinal));
        Assert.Equal(new ClassExtent(0, 0), Reading(byRules).Second!.Both);

        var asked = Reading(await RulesAsync(Options, MadeImagery.SixBands));
        Assert.Equal(asked.Measured.ClassSquareMetres, asked.Second!.Both!.ClassSquareMetres, 1e-6);
    }

    [Fact]
    public async Task Rules_that_lack_a_threshold_say_nothing()
    {
        Assert.Null(Reading(await RulesAsync(Options, MadeImagery.SixRaw)).Second);
    }

    [Fact]
    public async Task Without_swir_only_sure_water_is_agreed_on()
    {
        var reading = Reading(await RulesAsync(Options, MadeImagery.FourBands));
        Assert.InRange(
            reading.Second!.Both!.ClassSquareMetres, reading.Measured.ClassSquareMetres / 2,
            reading.Measured.ClassSquareMetres - 100);
    }

    [Fact]
    public async Task No_product_shows_it_and_without_it_there_is_none()
    {
        var without = await RulesAsync(Options with { SecondOpinion = false }, MadeImagery.SixBands);
        Assert.Null(Reading(without).Second);
        Assert.Equal(Files(without), Files(await RulesAsync(Options, MadeImagery.SixBands)));
    }

    private static List<(string Name, string Checksum)> Files(Worked worked) =>
        [.. worked.Outcome.Files.Select(file => (file.Name, file.Sha256)).Order()];

    private static AreaReading Reading(Worked worked) =>
        Assert.Single(Assert.Single(worked.Outcome.Measured).Areas);

    // Pixels of a projected grid are not quite equal on the ground.
    private static void AssertShare(double expected, AreaReading reading, ClassExtent extent) =>
        Assert.Equal(expected, extent.ClassSquareMetres / reading.Measured.ClassSquareMetres, 1e-3);

    private Task<Worked> RulesAsync(ProcessingOptions options, MadeImagery imagery)
    {
        var model = new RuleModel();
        return ProcessAsync(new RuleBackends(model, options), options, 1, null, model, imagery: imagery);
    }

    private async Task<Worked> ProcessAsync(
        IBackendFactory? backends, ProcessingOptions options, int strips, int? missing = null, ITileModel? model = null,
        AlertRule? rule = null, MadeImagery? imagery = null)
    {
        var rules = new RuleSet(
            [(rule ?? Play.Water()) with { MinimumHectares = 0 }],
            new AreaIndex([Places.Area("everywhere", Places.Box(-20, 30, 40, 70))]));
        var references = new ReferenceMasks(
            StripFiles.Store, Places.Transforms, (_, trouble) => throw new InvalidOperationException(trouble));
        await using var bench = new Workbench(
            options,
            (made, ports) => Runtimes.Make(
                kind, made, ports with { Areas = new AreaMeasurer(() => rules, references) }),
            change: made => backends is null ? made : made with { Models = new ModelLimits { BatchSize = 4 } },
            backends: backends);
        if (backends is not null)
        {
            await bench.Models!.PrepareAsync(model!);
        }

        foreach (var index in Enumerable.Range(0, strips).Where(index => index != missing))
        {
            Assert.IsType<DeliveryOutcome.Accepted>(await bench.Runtime.DeliverAsync(
                files.Delivery(imagery ?? MadeImagery.SixBands, strips, index), CancellationToken.None));
        }

        if (missing is not null)
        {
            await bench.Runtime.EndPassAsync(new(Domain.Identity.SceneId.Parse("made"), null), CancellationToken.None);
        }

        var outcome = await bench.Events.ClosedAsync("made");
        return new(outcome, Workbench.Pixels(outcome, "water.tif"));
    }

    private sealed record Worked(SceneOutcome Outcome, byte[] Water);

    private sealed class Packs(ILoadedPack pack, ProcessingOptions options) : IBackendFactory
    {
        public ITileBackend Create(SceneImagery imagery) => pack.BackendFor(imagery, new LearnedOptions
        {
            Classes = options.Classes,
            Fallback = new SpectralBackends(options).Create(imagery),
            TileSize = options.TileSize,
        });
    }
}
