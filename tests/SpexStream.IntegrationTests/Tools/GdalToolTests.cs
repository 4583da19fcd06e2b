using System.Diagnostics;
using System.Text.Json;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.IntegrationTests.Support;
using SpexStream.Raster;
using Xunit;

namespace SpexStream.IntegrationTests.Tools;

/// <summary>What GDAL's own programs say of our files, and what we read of theirs.</summary>
public sealed class GdalToolTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [RequiresGdalToolsFact(validator: true)]
    public async Task Every_product_is_a_valid_cloud_optimized_geotiff()
    {
        var folder = await ProductsAsync("valid");
        foreach (var path in Directory.EnumerateFiles(folder, "*.tif"))
        {
            var (code, text) = await RunAsync(
                RequiresGdalToolsFactAttribute.Python, "-m", RequiresGdalToolsFactAttribute.Validator,
                    "--full-check=yes", path);
            Assert.True(
                code == 0 && text.Contains("is a valid cloud optimized GeoTIFF", StringComparison.Ordinal), text);
            Assert.DoesNotContain("warning", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [RequiresGdalToolsFact]
    public async Task Both_region_files_hold_the_same_regions()
    {
        var folder = await ProductsAsync("regions");
        var (code, summary) = await RunAsync("/usr/bin/ogrinfo", "-so", "-al", Path.Combine(folder, "regions.fgb"));
        Assert.True(code == 0, summary);
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "regions.geojson")));
        var count = json.RootElement.GetProperty("features").GetArrayLength();
        Assert.InRange(count, 10, int.MaxValue);
        Assert.Contains($"Feature Count: {count}\n", summary, StringComparison.Ordinal);
        Assert.Contains("ID[\"EPSG\",4326]", summary, StringComparison.Ordinal);
        Assert.Contains("Geometry: Multi Polygon", summary, StringComparison.Ordinal);
        var (_, water) = await RunAsync(
            "/usr/bin/ogrinfo", "-so", "-al", "-where", "class = 'water'", Path.Combine(folder, "regions.fgb"));
        var lakes = json.RootElement.GetProperty("features").EnumerateArray()
            .Count(feature => feature.GetProperty("properties").GetProperty("class").GetString() == "water");
        Assert.Contains($"Feature Count: {lakes}\n", water, StringComparison.Ordinal);
    }

    [RequiresGdalToolsFact]
    public async Task Gdal_reads_every_region_of_the_flatgeobuf_as_it_stands_in_the_geojson()
    {
        var folder = await ProductsAsync("read");
        var converted = Path.Combine(raster.NewFolder("converted"), "regions.geojson");
        var (code, text) = await RunAsync(
            "/usr/bin/ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=7", converted,
                Path.Combine(folder, "regions.fgb"));
        Assert.True(code == 0 && text.Length == 0, text);
        var (expected, actual) = (Features(Path.Combine(folder, "regions.geojson")), Features(converted));
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (id, feature) in expected)
        {
            Assert.Equal(Numbers(feature.GetProperty("geometry")), Numbers(actual[id].GetProperty("geometry")));
            foreach (var property in feature.GetProperty("properties").EnumerateObject())
            {
                var other = actual[id].GetProperty("properties").GetProperty(property.Name);
                Assert.True(
                    property.Value.ValueKind == JsonValueKind.Number
                        ? property.Value.GetDouble() == other.GetDouble()
                        : property.Value.GetString() == other.GetString(),
                    $"{property.Name} of {id}: {property.Value}, {other}");
            }
        }
    }

    [RequiresGdalToolsFact]
    public async Task Files_of_any_layout_and_lossless_compression_give_the_same_pixels()
    {
        var expected = Pixels(raster.Path);
        string[][] layouts =
        [
            ["COMPRESS=LZW"], ["COMPRESS=LZW", "PREDICTOR=2", "TILED=YES"], ["COMPRESS=ZSTD", "INTERLEAVE=BAND"],
            ["COMPRESS=PACKBITS"],
            ["COMPRESS=DEFLATE", "TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=128"], ["COMPRESS=LZMA", "BLOCKYSIZE=1"],
            ["BIGTIFF=YES", "ENDIANNESS=BIG"], ["COMPRESS=LERC", "MAX_Z_ERROR=0"],
        ];
        foreach (var layout in layouts)
        {
            var path = Path.Combine(raster.Folder, "layout.tif");
            var (code, text) = await RunAsync(
                "/usr/bin/gdal_translate",
                    ["-q", .. layout.SelectMany(option => new[] { "-co", option }), raster.Path, path]);
            Assert.True(code == 0, text);
            Assert.True(expected.AsSpan().SequenceEqual(Pixels(path)), string.Join(' ', layout));
        }
    }

    private static Dictionary<string, JsonElement> Features(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return json.RootElement.GetProperty("features").EnumerateArray()
            .ToDictionary(feature => feature.GetProperty("properties").GetProperty("id").GetString()!,
                feature => feature.Clone());
    }

    // The nesting of brackets as text, and all coordinates in order: how many digits a writer spends does not matter.
    private static (string Brackets, string Coordinates) Numbers(JsonElement geometry)
    {
        var text = geometry.GetProperty("coordinates").GetRawText();
        var numbers = text.Split(['[', ']', ',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
        return (string.Concat(text.Where(letter => letter is '[' or ']')), string.Join(
            ' ', numbers.Select(number => number.ToString("F7", System.Globalization.CultureInfo.InvariantCulture))));
    }

    private static ushort[] Pixels(string path)
    {
        using var reader = new GdalRasterStore(new RasterOptions()).Open(path);
        var window = new PixelWindow(3, 5, reader.Info.Width - 7, reader.Info.Height - 11);
        using var planes = new PixelPlanes(window, window, 6, PixelType.UInt16);
        reader.Read(window, [0, 1, 2, 3, 4, 5], planes, 0, 0);
        var pixels = new List<ushort>();
        for (var band = 0; band < 6; band++)
        {
            for (var row = 0; row < window.Height; row++)
            {
                pixels.AddRange(planes.RowSpan<ushort>(band, row));
            }
        }

        return [.. pixels];
    }

    private async Task<string> ProductsAsync(string name)
    {
        var folder = raster.NewFolder(name);
        var (code, _, error) = await SpexProgram.RunAsync(
            ["process", raster.Path, .. MadeRaster.Options, "--scene", "pass", "--out", folder]);
        Assert.True(code == 0, error);
        return Path.Combine(folder, "pass");
    }

    private static async Task<(int Code, string Text)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
