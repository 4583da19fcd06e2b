using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using Xunit;

namespace SpexStream.Tests.Inference;

/// <summary>A batch goes round without allocating, and says what it is not for.</summary>
public sealed class BatchTests : IDisposable
{
    private static readonly TestScene Scene = new(
        64, 64, TestScene.Reflectance(PixelType.UInt16, 0.0001, 0, 0, "blue", "green", "red", "nir"),
            TestScene.Hills(4));

    private readonly TestPack _pack = TestPack.UNet(4);

    [Fact]
    public void Going_round_allocates_nothing()
    {
        using var model = _pack.Load();
        var backend = Backend(model);
        using var session = model.Open(
            new ModelSessionOptions { Device = DeviceName.Cpu, BatchSize = 2, TileSize = 64 });
        using var batch = session.NewBatch();
        using var evidence = new TileEvidence(64);
        using var pixels = Read(backend);
        void GoRound()
        {
            batch.Clear();
            batch.Add(pixels, backend.Ask(pixels, backend.InitialFindings, evidence)!);
            batch.Add(pixels, backend.Ask(pixels, backend.InitialFindings, evidence)!);
            session.Infer(batch);
            batch.Answer(0, evidence);
            batch.Answer(1, evidence);
        }

        GoRound();
        GoRound();
        var before = GC.GetAllocatedBytesForCurrentThread();
        GoRound();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Memory_is_told_and_falls_with_its_batches()
    {
        using var model = _pack.Load();
        using var session = model.Open(
            new ModelSessionOptions { Device = DeviceName.Cpu, BatchSize = 2, TileSize = 64 });
        var one = session.MemoryBytes;
        session.NewBatch().Dispose();
        var none = session.MemoryBytes;
        using var first = session.NewBatch();
        using var second = session.NewBatch();

        // 2 tiles of 96 x 96 pixels, 4 bands in and 3 classes out, as float32.
        Assert.InRange(one - none, 2 * 96 * 96 * 7 * 4, 2 * 96 * 96 * 8 * 4);
        Assert.Equal(2 * (one - none), session.MemoryBytes - none);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var model = _pack.Load();
        using var other = TestPack.UNet(5);
        using var otherModel = other.Load();
        var backend = Backend(model);
        using var session = model.Open(new ModelSessionOptions { Device = DeviceName.Cpu, TileSize = 64 });
        using var batch = session.NewBatch();
        using var evidence = new TileEvidence(128);
        using var pixels = Read(backend);
        using var narrow = Scene.Read(new(0, 0, 64, 64), backend.ReachPixels - 1);
        using var large = Scene.Read(new(0, 0, 128, 64), backend.ReachPixels);
        var request = backend.Ask(pixels, backend.InitialFindings, evidence)!;

        Assert.Throws<ArgumentException>(() => batch.Add(narrow, request));
        Assert.Throws<ArgumentException>(() => batch.Add(large, request));
        Assert.Throws<ArgumentException>(
            () => batch.Add(pixels, Backend(otherModel).Ask(pixels, backend.InitialFindings, evidence)!));
        batch.Add(pixels, request);
        Assert.Throws<InvalidOperationException>(() => batch.Add(pixels, request));
        Assert.Throws<InvalidOperationException>(() => batch.Answer(0, evidence));
        session.Infer(batch);
        Assert.Throws<InvalidOperationException>(() => batch.Add(pixels, request));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Answer(1, evidence));
        batch.Clear();
        Assert.Equal(0, batch.Add(pixels, request));
    }

    public void Dispose() => _pack.Dispose();

    private static ILearnedBackend Backend(ITileModel model) =>
        model.BackendFor(Scene.Imagery, new LearnedOptions { Classes = [LandCoverClass.Water] });

    private static PixelPlanes Read(ILearnedBackend backend) => Scene.Read(new(0, 0, 64, 64), backend.ReachPixels);
}
