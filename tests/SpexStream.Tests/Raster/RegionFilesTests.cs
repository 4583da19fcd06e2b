using SpexStream.Domain.Imagery;
using SpexStream.Domain.Products;
using SpexStream.Raster;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Raster;

public sealed class RegionFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_bytes_do_not_depend_on_threads_and_batches_finishing_out_of_order()
    {
        var random = new Random(77);
        // The first regions are large: whoever takes the next batches is done long before.
        var regions = Enumerable.Range(0, 900)
            .Select(i => MadeRegions.Draw(random, i, i < 3 ? 60_000 : 30))
            .Select(region => (region.Facts, (IGroundShape?)region.Shape, region.Text)).ToList();
        var (flatGeobuf, geoJson) = Write(regions, 1);
        foreach (var threads in new[] { 2, 3, 8 })
        {
            var (other, otherJson) = Write(regions, threads);
            Assert.True(flatGeobuf.AsSpan().SequenceEqual(other), $"FlatGeobuf, {threads} threads");
            Assert.True(geoJson.AsSpan().SequenceEqual(otherJson), $"GeoJSON, {threads} threads");
        }

        Assert.Equal(["a.fgb", "a.geojson"], Directory.EnumerateFiles(_folder.Root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_batch_that_breaks_off_ends_the_wait_of_those_behind_it_with_an_error()
    {
        using var writer = new GdalRegionWriters().Create(_folder["a.fgb"], _folder["a.geojson"]);
        var first = writer.Open(0);
        using var second = writer.Open(1);
        first.Dispose();
        Assert.Throws<RasterException>(second.Complete);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_of_the_raster_port() =>
        Assert.Throws<RasterException>(
            () => new GdalRegionWriters().Create(_folder["no/a.fgb"], _folder["no/a.geojson"]));

    public void Dispose() => _folder.Dispose();

    private (byte[] FlatGeobuf, byte[] GeoJson) Write(List<(RegionFacts, IGroundShape?, string)> regions, int threads)
    {
        using (var writer = new GdalRegionWriters().Create(_folder["a.fgb"], _folder["a.geojson"]))
        {
            writer.Write(regions, batch: 1 + (900 / 64), threads);
        }

        return (File.ReadAllBytes(_folder["a.fgb"]), File.ReadAllBytes(_folder["a.geojson"]));
    }
}
