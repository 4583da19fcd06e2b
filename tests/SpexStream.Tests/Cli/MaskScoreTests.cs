using SpexStream.Daemon.Commands;
using SpexStream.Domain.Imagery;
using SpexStream.Raster;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Cli;

public sealed class MaskScoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Only_one_band_of_bytes_is_a_mask()
    {
        var mask = Tiff("mask.tif", 1, PixelType.UInt8);
        Assert.Contains("is no mask", Refusal(Tiff("wide.tif", 1, PixelType.UInt16), mask), StringComparison.Ordinal);
        Assert.Contains("is no mask", Refusal(Tiff("two.tif", 2, PixelType.UInt8), mask), StringComparison.Ordinal);
        Assert.Contains("has 2 bands", Refusal(mask, _folder["two.tif"]), StringComparison.Ordinal);
        Assert.Equal(16, Score(mask, _folder["wide.tif"]).Counts.Answered);
    }

    public void Dispose() => _folder.Dispose();

    private static string Refusal(string mask, string truth) =>
        Assert.Throws<CommandException>(() => Score(mask, truth)).Message;

    private static MaskScore Score(string mask, string truth) =>
        MaskScore.Of(new GdalRasterStore(new RasterOptions()), mask, truth, null, new ScoreRules([1], [1], [255]));

    private string Tiff(string name, int bands, PixelType type)
    {
        new TestTiff(4, 4, bands, type).Write(_folder[name], (_, x, _) => x % 2);
        return _folder[name];
    }
}
