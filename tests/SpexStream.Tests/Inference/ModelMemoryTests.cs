using System.Diagnostics;
using SpexStream.Domain.Backends;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference;
using SpexStream.Inference.Examination;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Weights;
using SpexStream.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Inference;

/// <summary>Models of both kinds take no more memory with every tile. Alone in the process: what is looked at is all
/// that it holds.</summary>
[CollectionDefinition(nameof(ModelMemoryTests), DisableParallelization = true)]
[Collection(nameof(ModelMemoryTests))]
public sealed class ModelMemoryTests(ITestOutputHelper output)
{
    private const int WarmUp = 600;
    private const int Tiles = 2400;
    private const int Edge = 64;

    // What a collector and allocators leave lying about; a leak of one picture a tile would be 90 MB.
    private const long MostGrowth = 24L << 20;

    [Fact]
    public void Two_thousand_tiles_through_spex_leave_resident_memory_flat()
    {
        using var folder = new TemporaryFolder();
        TinySpex.Write(3, folder["pack"], Precision.Float32, Edge, 4);
        using var model = PackLoader.Load(folder["pack"], [], TimeProvider.System);
        AssertFlat(model, ["red", "green", "blue"], SpexTrial.Wanted(Edge));
    }

    [Fact]
    public void Two_thousand_tiles_through_a_segmentation_network_leave_resident_memory_flat()
    {
        using var pack = TestPack.Ndwi(0);
        using var model = pack.Load();
        AssertFlat(model, ["green", "nir"], new LearnedOptions { Classes = [LandCoverClass.Water], TileSize = Edge });
    }

    private void AssertFlat(ILoadedPack model, string[] bands, LearnedOptions wanted)
    {
        using var session = model.Open(
            new ModelSessionOptions { Device = DeviceName.Cpu, BatchSize = 4, TileSize = Edge });
        using var batch = session.NewBatch();
        using var pixels = MadeTile.Create(bands.Length, Edge, model.ReachPixels, 1);
        using var evidence = new TileEvidence(Edge);
        var backend = model.BackendFor(MadeTile.Imagery([.. bands]), wanted);
        for (var tile = 0; tile < WarmUp; tile += batch.Capacity)
        {
            Run();
        }

        var before = Resident();
        for (var tile = 0; tile < Tiles; tile += batch.Capacity)
        {
            Run();
        }

        var growth = Resident() - before;
        output.WriteLine($"{Tiles} tiles after the first {WarmUp}: {growth >> 10} KiB more of {before >> 20} MiB");
        Assert.InRange(growth, long.MinValue, MostGrowth);

        void Run()
        {
            while (batch.Count < batch.Capacity)
            {
                batch.Add(pixels, backend.Ask(pixels, backend.InitialFindings, evidence)!);
            }

            session.Infer(batch);
            for (var slot = 0; slot < batch.Count; slot++)
            {
                batch.Answer(slot, evidence);
            }

            batch.Clear();
        }
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
