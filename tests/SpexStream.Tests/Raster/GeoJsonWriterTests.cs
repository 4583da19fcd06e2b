using System.Text.Json;
using SpexStream.Domain.Products;
using SpexStream.Raster;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Raster;

public sealed class GeoJsonWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_region_is_read_back_with_its_outline_numbers_and_words()
    {
        // A square with a hole, and a second square: two polygons, three rings.
        var shape = new GroundShape(
            [0, 0, 1, 0, 1, 1, 0, 0, 0.25, 0.25, 0.25, 0.5, 0.5, 0.5, 0.25, 0.25, 5, 5, 6.123456789, 5, 6, 6, 5, 5],
                [4, 8, 12], [2, 3]);
        using var json = Write((MadeRegions.Lake, shape, "A lake, \"quoted\" and so on, 3 m², at 5° \u0001."));
        var feature = Assert.Single(json.RootElement.GetProperty("features").EnumerateArray().ToArray());
        Assert.Equal("made.water.17", feature.GetProperty("id").GetString());
        var geometry = feature.GetProperty("geometry");
        Assert.Equal("MultiPolygon", geometry.GetProperty("type").GetString());
        var polygons = geometry.GetProperty("coordinates").EnumerateArray().ToArray();
        Assert.Equal([2, 1], polygons.Select(polygon => polygon.GetArrayLength()));
        Assert.Equal("[6.1234568,5]", polygons[1][0][1].GetRawText());
        Assert.Equal([0.25, 0.5], polygons[0][1][1].EnumerateArray().Select(value => value.GetDouble()));
        var properties = feature.GetProperty("properties");
        Assert.Equal("water", properties.GetProperty("class").GetString());
        Assert.Equal("A lake, \"quoted\" and so on, 3 m², at 5° \u0001.", properties.GetProperty("text").GetString());
        Assert.Equal(1234, properties.GetProperty("pixels").GetInt64());
        Assert.Equal(0.4321, properties.GetProperty("ndwi").GetDouble());
        Assert.Equal(1, properties.GetProperty("touches_edge").GetInt32());
    }

    [Fact]
    public void What_is_not_known_is_left_out_and_a_region_without_place_has_no_geometry()
    {
        using var json = Write((
            MadeRegions.Lake with { AreaSquareMetres = double.NaN, CentroidOnEarth = null }, null, "x"));
        var feature = json.RootElement.GetProperty("features")[0];
        Assert.Equal(JsonValueKind.Null, feature.GetProperty("geometry").ValueKind);
        foreach (var absent in new[] { "area_m2", "centroid_lon", "centroid_lat", "ndvi", "ndbi" })
        {
            Assert.False(feature.GetProperty("properties").TryGetProperty(absent, out _), absent);
        }
    }

    [Fact]
    public void No_regions_are_an_empty_collection()
    {
        using var json = Write();
        Assert.Equal("FeatureCollection", json.RootElement.GetProperty("type").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("features").GetArrayLength());
    }

    [Fact]
    public void Many_regions_are_all_there()
    {
        using var json = Write(
            Enumerable.Range(0, 20_000).Select(i => (MadeRegions.Lake with { Pixels = i }, (IGroundShape?)null, "x")));
        var numbers = json.RootElement.GetProperty("features").EnumerateArray()
            .Select(feature => feature.GetProperty("properties").GetProperty("pixels").GetInt32());
        Assert.Equal(Enumerable.Range(0, 20_000), numbers);
    }

    public void Dispose() => _folder.Dispose();

    private JsonDocument Write(params IEnumerable<(RegionFacts, IGroundShape?, string)> regions)
    {
        using (var writer = new GdalRegionWriters().Create(_folder["a.fgb"], _folder["a.geojson"]))
        {
            writer.Write(regions, batch: 256, threads: 2);
        }

        return JsonDocument.Parse(File.ReadAllBytes(_folder["a.geojson"]));
    }
}
