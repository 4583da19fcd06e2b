using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Spectral;
using SpexStream.Inference;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Weights;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Inference.SpexBackend;

/// <summary>What SPEX is asked about a tile, and what it is not asked.</summary>
public sealed class SpexBackendTests : IDisposable
{
    private const int Edge = 64;
    private readonly TemporaryFolder _folder = new();
    private readonly ILoadedPack _pack;

    public SpexBackendTests()
    {
        TinySpex.Write(3, _folder["pack"], Precision.Float32, 64, 6);
        _pack = PackLoader.Load(
            _folder["pack"], [new ModelSessionOptions { Device = DeviceName.Cpu, TileSize = Edge }],
            TimeProvider.System);
    }

    [Fact]
    public unsafe void A_tile_without_candidates_is_answered_without_the_model()
    {
        var meadow = Scene((_, _) => Meadow);
        var backend = Backend(meadow, null, LandCoverClass.Water);
        using var evidence = new TileEvidence(Edge);
        using var pixels = meadow.Read(new(0, 0, Edge, Edge), backend.ReachPixels);

        Assert.Null(backend.Ask(pixels, backend.InitialFindings, evidence));
        Assert.Equal(0, new ReadOnlySpan<byte>(evidence.Codes(9), Edge).IndexOfAnyExcept(CoverCode.Land) + 1);
        Assert.InRange(evidence.Confidence(LandCoverClass.Water, 9)[9], 50, 100);
    }

    [Fact]
    public void A_lake_is_asked_about_once_for_each_class_that_the_rules_find()
    {
        var lake = Scene((x, _) => x < 30 ? Water : Meadow);

        Assert.Equal([LandCoverClass.Water], Asked(lake, null, LandCoverClass.Water));
        Assert.Equal(
            [LandCoverClass.Water, LandCoverClass.Vegetation],
            Asked(lake, null, LandCoverClass.Water, LandCoverClass.Vegetation));
        Assert.Equal(
            [LandCoverClass.Water],
            Asked(lake, "Where are the lakes?", LandCoverClass.Water, LandCoverClass.Vegetation));
    }

    [Fact]
    public unsafe void A_class_that_nobody_asked_about_has_no_confidence()
    {
        // The rules are sure that this half is a meadow; a mask that says "no vegetation" must not borrow that.
        var scene = Scene((x, _) => x < 30 ? Water : Meadow);
        var backend = Backend(scene, "Where are the lakes?", LandCoverClass.Water, LandCoverClass.Vegetation);
        using var evidence = new TileEvidence(Edge);

        Ask(scene, backend, evidence);

        Assert.Equal(0, evidence.Codes(9)[50] & CoverCode.Vegetation);
        Assert.Equal(255, evidence.Confidence(LandCoverClass.Vegetation, 9)[50]);
        Assert.InRange(evidence.Confidence(LandCoverClass.Water, 9)[50], 50, 100);

        var meadow = Scene((_, _) => Meadow);
        using var pixels = meadow.Read(new(0, 0, Edge, Edge), backend.ReachPixels);
        Assert.Null(backend.Ask(pixels, backend.InitialFindings, evidence));
        Assert.Equal(255, evidence.Confidence(LandCoverClass.Vegetation, 9)[50]);
    }

    [Fact]
    public unsafe void An_answer_of_one_token_says_nothing_of_its_class()
    {
        TinySpex.Write(3, _folder["short"], Precision.Float32, 64, 1);
        using var pack = PackLoader.Load(_folder["short"], [], TimeProvider.System);
        var lake = Scene((_, _) => Water);
        using var evidence = new TileEvidence(Edge);

        Ask(lake, Backend(pack, lake, null, LandCoverClass.Water), evidence, pack);

        Assert.Equal(CoverCode.Undecided, evidence.Codes(9)[9]);
        Assert.Equal(255, evidence.Confidence(LandCoverClass.Water, 9)[9]);
    }

    [Fact]
    public void Another_instruction_is_another_version_and_another_prompt()
    {
        var lake = Scene((_, _) => Water);
        var (first, second) = (
            Backend(lake, "Where are the lakes?", LandCoverClass.Water),
            Backend(lake, "Describe every river.", LandCoverClass.Water));

        Assert.NotEqual(first.Version, second.Version);
        Assert.NotEqual(Ask(lake, first).Single().PromptHash, Ask(lake, second).Single().PromptHash);
    }

    [Fact]
    public void What_cannot_be_asked_is_refused_with_the_reason()
    {
        var lake = Scene((_, _) => Water);

        Assert.Contains("names no class", Refusal(lake, "Describe the image."), StringComparison.Ordinal);
        Assert.Contains("not among the classes", Refusal(lake, "Show the forests."), StringComparison.Ordinal);
        var two = TestScene.Reflectance(PixelType.UInt16, 0.0001, 0, 0, "green", "nir");
        var grey = new TestScene(Edge, Edge, two, (_, _, _) => 1);
        Assert.Contains("lack red, blue", Refusal(grey, null), StringComparison.Ordinal);
        var raw = lake.Imagery with { Radiometry = Radiometry.Uniform(6, null, null, null) };
        var counts = new TestScene(Edge, Edge, raw, (_, _, _) => 1);
        Assert.Contains("no scale", Refusal(counts, null), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _pack.Dispose();
        _folder.Dispose();
    }

    private static double[] Water => [600, 500, 300, 100, 50, 30];

    private static double[] Meadow => [300, 600, 400, 4000, 2000, 900];

    private static TestScene Scene(Func<int, int, double[]> bands) => new(
        Edge, Edge,
        TestScene.Reflectance(PixelType.UInt16, 0.0001, 0, 0, "blue", "green", "red", "nir", "swir16", "swir22"),
        (band, x, y) => bands(x, y)[band]);

    private string Refusal(TestScene scene, string? instruction) =>
        Assert.ThrowsAny<ArgumentException>(() => Backend(scene, instruction, LandCoverClass.Water)).Message;

    private LandCoverClass[] Asked(TestScene scene, string? instruction, params LandCoverClass[] classes) =>
        [.. Ask(scene, Backend(scene, instruction, classes)).Select(text => text.Class)];

    private ModelText[] Ask(TestScene scene, ILearnedBackend backend)
    {
        using var evidence = new TileEvidence(Edge);
        return Ask(scene, backend, evidence);
    }

    private ModelText[] Ask(
        TestScene scene, ILearnedBackend backend, TileEvidence evidence, ILoadedPack? pack = null)
    {
        using var session =
            (pack ?? _pack).Open(new ModelSessionOptions { Device = DeviceName.Cpu, TileSize = Edge });
        using var batch = session.NewBatch();
        using var pixels = scene.Read(new(0, 0, Edge, Edge), backend.ReachPixels);
        batch.Add(pixels, backend.Ask(pixels, backend.InitialFindings, evidence)!);
        session.Infer(batch);
        return [.. batch.Answer(0, evidence)];
    }

    private ILearnedBackend Backend(TestScene scene, string? instruction, params LandCoverClass[] classes) =>
        Backend(_pack, scene, instruction, classes);

    private static ILearnedBackend Backend(
        ILoadedPack pack, TestScene scene, string? instruction, params LandCoverClass[] classes) =>
        pack.BackendFor(scene.Imagery, new LearnedOptions
        {
            Classes = [.. classes],
            Fallback = Rules(scene, classes),
            TileSize = Edge,
            Instruction = instruction,
        });

    private static SpectralBackend? Rules(TestScene scene, LandCoverClass[] classes)
    {
        try
        {
            return new(scene.Imagery, new SpectralOptions { Classes = [.. classes] });
        }
        catch (ArgumentException)
        {
            // As the daemon does where the bands do not suffice for rules.
            return null;
        }
    }
}
