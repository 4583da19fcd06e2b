using SpexStream.Domain.Imagery;
using SpexStream.Raster;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Raster;

public sealed class BlockBombTests
{
    [Fact]
    public void A_file_that_claims_blocks_of_gigabytes_is_refused_before_one_is_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder["bomb.tif"];
        new TestTiff(96, 96, 1, PixelType.UInt16) { TileEdge = 32 }.Write(path, (_, x, y) => x + y);
        var bytes = File.ReadAllBytes(path);
        // The entry of TileWidth (tag 322): its value of 32 becomes 32 + 2^27.
        var entry = bytes.AsSpan().IndexOf<byte>([0x42, 0x01]);
        Assert.Equal(32, bytes[entry + 8]);
        // As a 32-bit number, of which the test's writer uses the lower half.
        (bytes[entry + 2], bytes[entry + 11]) = (4, 8);
        File.WriteAllBytes(path, bytes);

        var fault = Assert.Throws<RasterException>(() => new GdalRasterStore(new RasterOptions()).Open(path));

        Assert.Contains(
            "134217760 x 32 pixels take 8192 MiB each, 1024 MiB are allowed", fault.Message, StringComparison.Ordinal);
    }
}
