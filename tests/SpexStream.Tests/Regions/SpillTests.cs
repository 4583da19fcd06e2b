using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;
using Xunit;

namespace SpexStream.Tests.Regions;

public sealed class SpillTests
{
    [Fact]
    public void A_scene_beyond_the_bound_spills_and_gives_the_same()
    {
        var mask = Mask.Noise(601, 400, 300, 0.33);
        Assert.Equal(
            SceneLabellerTests.FactsAsText(mask, 64), SceneLabellerTests.FactsAsText(mask, 64, memoryBytes: 0));
        using var scene = new LabelledScene(mask, 64, null, memoryBytes: 2 * SpillStore.ChunkBytes);
        Assert.True(scene.Regions.SpilledBytes > 0, "the file was used");
        Assert.Equal(ReferenceRegion.Find(mask, LandCoverClass.Water).Count, scene.Reader().Count);
    }

    [Fact]
    public void Nothing_is_left_in_the_folder()
    {
        var folder = Directory.CreateTempSubdirectory("spill").FullName;
        using (var store = new SpillStore(folder, SpillStore.ChunkBytes))
        {
            store.Take();
            Assert.Equal(0, store.SpilledBytes);
            store.Take();
            Assert.Equal((SpillStore.ChunkBytes, SpillStore.ChunkBytes), (store.MemoryBytes, store.SpilledBytes));
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder));
        Directory.Delete(folder);
    }

    [Fact]
    public unsafe void Chunks_keep_what_was_written_side_by_side()
    {
        using var store = new SpillStore(Path.GetTempPath(), SpillStore.ChunkBytes);
        var chunks = Enumerable.Range(0, 5).Select(_ => store.Take()).ToList();
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = new Span<byte>((void*)chunks[i], SpillStore.ChunkBytes);
            Assert.Equal(-1, chunk.IndexOfAnyExcept((byte)0));
            chunk.Fill((byte)(i + 1));
        }

        for (var i = 0; i < chunks.Count; i++)
        {
            Assert.Equal(-1, new Span<byte>((void*)chunks[i], SpillStore.ChunkBytes).IndexOfAnyExcept((byte)(i + 1)));
        }
    }
}
