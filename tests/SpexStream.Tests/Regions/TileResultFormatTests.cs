using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;
using Xunit;

namespace SpexStream.Tests.Regions;

public sealed class TileResultFormatTests
{
    [Theory]
    [InlineData(501, 0.0)]
    [InlineData(502, 0.4)]
    [InlineData(503, 1.0)]
    public void A_result_comes_back_the_same(int seed, double density)
    {
        var result = Result(seed, density);
        var bytes = TileResultFormat.Write(result);
        var back = TileResultFormat.Read(bytes);
        Assert.Equal(result.Tile, back.Tile);
        Assert.Equal(result.Core, back.Core);
        Assert.Equal(result.Labels.Select(l => (l.Class, l.Count)), back.Labels.Select(l => (l.Class, l.Count)));
        Assert.Equal(bytes, TileResultFormat.Write(back));
    }

    [Fact]
    public void Any_flipped_bit_is_noticed()
    {
        var bytes = TileResultFormat.Write(Result(504, 0.3));
        var random = new Random(505);
        for (var i = 0; i < 300; i++)
        {
            var (at, bit) = (random.Next(bytes.Length), 1 << random.Next(8));
            bytes[at] ^= (byte)bit;
            Assert.Throws<InvalidDataException>(() => TileResultFormat.Read(bytes));
            bytes[at] ^= (byte)bit;
        }

        TileResultFormat.Read(bytes);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_noticed()
    {
        var bytes = TileResultFormat.Write(Result(506, 0.1));
        foreach (var length in new[] { 0, 3, 43, 44, bytes.Length / 2, bytes.Length - 1 })
        {
            Assert.Throws<InvalidDataException>(() => TileResultFormat.Read(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void The_checksum_is_that_of_the_standard() =>
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));

    private static TileResult Result(int seed, double density)
    {
        var grid = new TileGrid(100, 130, 64, 0);
        var worker = new TileLabeller(grid, LabelledScene.Classes, LabelledScene.Indices);
        return LabelledScene.LabelTile(worker, grid, Mask.Noise(seed, 100, 130, density), new(1, 1));
    }
}
