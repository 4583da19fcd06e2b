using System.Collections.Immutable;
using SpexStream.Domain.Products;
using SpexStream.Raster;
using SpexStream.Raster.Vector;
using SpexStream.Raster.Vector.FlatGeobuf;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Raster;

public sealed class FlatGeobufTests : IDisposable
{
    private const int Seed = 4711;
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1, 6)]
    [InlineData(16, 6)]
    [InlineData(17, 6)]
    [InlineData(700, 40)]
    [InlineData(3, 30_000)]
    public void Every_region_is_read_back_with_its_shape_and_attributes(int count, int mostPositions)
    {
        var regions = Draw(count, mostPositions);
        var file = Write(regions);
        Assert.Equal(count, file.Features.Count);
        Assert.Equal(count, file.Header.Int64Field(8));
        var byId = regions.ToDictionary(region => region.Facts.Id);
        foreach (var (_, feature) in file.Features)
        {
            var properties = file.Properties(feature);
            var (facts, shape, text) = byId[(string)properties[0]];
            byId.Remove(facts.Id);
            Assert.Equal(MadeRegions.Polygons(shape), FlatGeobufReading.Polygons(feature));
            Assert.Equal(6, feature.Table(0).Byte(6));
            Assert.All(feature.Table(0).Tables(7), part => Assert.Equal(3, part.Byte(6)));
            var names = file.Header.Tables(7).Select(column => column.Text(0)).ToList();
            Assert.Equal(text, properties[names.IndexOf("text")]);
            Assert.Equal("0,0.25 1,0.5 0.001,0.999 0.12,0.3", properties[names.IndexOf("spie_box")]);
            Assert.Equal(facts.Pixels, properties[names.IndexOf("pixels")]);
            Assert.Equal(Math.Round(facts.Share, 8), properties[names.IndexOf("share")]);
            Assert.False(properties.ContainsKey(names.IndexOf("ndvi")), "what is not known is left out");
        }

        Assert.Empty(byId);
    }

    [Fact]
    public void Its_header_names_the_columns_the_extent_and_longitude_and_latitude()
    {
        var file = Write(Draw(5, 9));
        Assert.Equal("fgb\u0003fgb"u8, file.Magic[..7]);
        Assert.Equal("regions", file.Header.Text(0));
        Assert.Equal(6, file.Header.Byte(2));
        Assert.Equal("EPSG", file.Header.Table(10).Text(0));
        Assert.Equal(4326, file.Header.Table(10).Int32Field(1));
        Assert.Equal(
            RegionFields.Texts.Select(f => (f.Name, 11)).Concat(RegionFields.Integers.Select(f => (f.Name, 7)))
                .Concat(RegionFields.Reals.Select(f => (f.Name, 10))),
            file.Header.Tables(7).Select(column => (column.Text(0), (int)column.Byte(1))));
        var all = file.Features.SelectMany(f => FlatGeobufReading.Polygons(f.Feature)).SelectMany(rings => rings)
            .SelectMany(ring => ring.Chunk(2)).ToList();
        Assert.Equal(
            [all.Min(p => p[0]), all.Min(p => p[1]), all.Max(p => p[0]), all.Max(p => p[1])], file.Header.Doubles(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(257)]
    [InlineData(5000)]
    public void A_box_finds_through_the_index_what_a_look_at_all_finds(int count)
    {
        var file = Write(Draw(count, 6));
        var boxes = file.Features.Select(f => (f.Offset, Box: BoxOf(f.Feature))).ToList();
        var random = new Random(Seed);
        for (var i = 0; i < 300; i++)
        {
            var (x, y) = ((random.NextDouble() * 8) - 4, (random.NextDouble() * 6) + 44);
            var (right, top) = (x + Math.Pow(random.NextDouble(), 4), y + Math.Pow(random.NextDouble(), 4));
            var expected = boxes.Where(
                f => f.Box.MinX <= right && f.Box.MaxX >= x && f.Box.MinY <= top && f.Box.MaxY >= y);
            Assert.Equal(expected.Select(f => f.Offset), file.Search(x, y, right, top).Order());
        }
    }

    [Fact]
    public void No_regions_are_a_file_without_index_and_features()
    {
        var file = Write([]);
        Assert.Equal(0, file.Header.Int64Field(8));
        Assert.Equal(0, file.Header.Int16Field(9));
        Assert.Empty(file.Features);
    }

    [Fact]
    public void Regions_without_place_keep_their_order_and_have_no_index()
    {
        var (path, writer) = Create();
        using (writer)
        {
            writer.Write(Enumerable.Range(0, 40).Select(
                i => (MadeRegions.Lake with { Id = $"{i}" }, (IGroundShape?)null, "x")), batch: 7, threads: 3);
        }

        var file = new FlatGeobufReading(path);
        Assert.Equal(0, file.Header.Int16Field(9));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i}"),
            file.Features.Select(f => (string)file.Properties(f.Feature)[0]));
        Assert.All(file.Features, f => Assert.Equal(0, f.Feature.Field(0)));
    }

    [Fact]
    public void Offsets_go_beyond_what_four_bytes_can_name()
    {
        var items = Enumerable.Range(0, 40).Select(i => new FeatureItem(i, new(i, i, i + 1, i + 1), 0, 1_900_000_000))
            .ToArray();
        var index = PackedIndex.Build(items);
        Assert.Equal(39 * 1_900_000_000L, BitConverter.ToInt64(index, index.Length - 8));
    }

    [Fact]
    public void Neighbours_on_the_curve_are_neighbours_on_the_ground()
    {
        var extent = new Envelope(0, 0, 65_535, 65_535);
        var places = Enumerable.Range(0, 64 * 64).ToDictionary(
            cell => HilbertOrder.Place(new(cell % 64, cell / 64, cell % 64, cell / 64), extent),
                cell => (X: cell % 64, Y: cell / 64));
        Assert.Equal(64 * 64, places.Count);
        for (var place = 1u; place < 64 * 64; place++)
        {
            var ((x, y), (beforeX, beforeY)) = (places[place], places[place - 1]);
            Assert.Equal(1, Math.Abs(x - beforeX) + Math.Abs(y - beforeY));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static List<(RegionFacts Facts, GroundShape Shape, string Text)> Draw(int count, int mostPositions)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, count).Select(i => MadeRegions.Draw(random, i, mostPositions))];
    }

    private static Envelope BoxOf(FlatTable feature) => FlatGeobufReading.Polygons(feature)
        .SelectMany(rings => rings).Aggregate(Envelope.Empty, (box, ring) => box.With(ring));

    private (string Path, Domain.Ports.Raster.IRegionWriter Writer) Create() =>
        (_folder["a.fgb"], new GdalRegionWriters().Create(_folder["a.fgb"], _folder["a.geojson"]));

    private FlatGeobufReading Write(List<(RegionFacts Facts, GroundShape Shape, string Text)> regions)
    {
        var (path, writer) = Create();
        using (writer)
        {
            writer.Write(regions.Select(r => (r.Facts, (IGroundShape?)r.Shape, r.Text)), batch: 64, threads: 2);
        }

        return new(path);
    }
}
