using System.Text.Json.Nodes;
using SpexStream.Daemon.Commands;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Inference;

/// <summary>A pack as the backend of the whole pipeline, by the command line.</summary>
public sealed class PackPipelineTests(StripFiles files) : IClassFixture<StripFiles>, IDisposable
{
    private const float Threshold = 0.05f;
    private const ushort Nodata = 0;
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(1024)]
    public async Task Processing_with_a_model_equals_its_rule_on_every_pixel_and_names_the_model(int tile)
    {
        using var pack = TestPack.Ndwi(Threshold);
        pack.Write();

        var code = await RunAsync(
            "process", files.PathOf(1, 0), "--bands", "blue,green,red,nir,swir16,swir22", "--scale", "0.0001",
            "--radiometry", "sr",
            "--classes", "water", "--scene", "made", "--out", _folder["out"], "--tile", $"{tile}", "--backend",
                pack.Folder);

        Assert.Equal(0, code);
        AssertRule(Pixels(Path.Combine(_folder["out"], "made", "water.tif")));
        AssertNamed(Path.Combine(_folder["out"], "made", "item.json"));
    }

    [Fact]
    public async Task A_network_with_a_neighbourhood_goes_through_the_pipeline_with_equal_masks_for_every_tile_size()
    {
        using var pack = TestPack.UNet(9);
        pack.Write();

        foreach (var tile in new[] { "64", "512" })
        {
            Assert.Equal(0, await RunAsync(
                "process", files.PathOf(1, 0), "--bands", "blue,green,red,nir,swir16,swir22", "--scale", "0.0001",
                "--radiometry", "sr",
                "--classes", "water,vegetation", "--scene", "made", "--out", _folder[tile], "--tile", tile, "--backend",
                    pack.Folder));
        }

        foreach (var mask in new[] { "water.tif", "vegetation.tif" })
        {
            var small = Pixels(Path.Combine(_folder["64"], "made", mask));
            Assert.Equal(Pixels(Path.Combine(_folder["512"], "made", mask)), small);
            Assert.Contains(MaskCode.Yes, small);
            Assert.Contains(MaskCode.No, small);
        }
    }

    [Fact]
    public async Task Packs_are_inspected_verified_and_measured()
    {
        using var pack = TestPack.UNet(2);
        pack.Write();

        Assert.Equal(0, await RunAsync("model", "inspect", pack.Folder, "--json"));
        Assert.Equal(0, await RunAsync("model", "verify", pack.Folder, "--tile", "64"));
        Assert.Equal(0, await RunAsync("model", "bench", pack.Folder, "--tile", "64", "--rounds", "1"));
    }

    [Fact]
    public async Task Probabilities_that_are_none_fail_the_trial()
    {
        using var pack = TestPack.UNet(2);
        pack.Output["spex:values"] = "probabilities";
        pack.Write();

        Assert.Equal(1, await RunAsync("model", "verify", pack.Folder, "--tile", "64"));
    }

    public void Dispose() => _folder.Dispose();

    private static Task<int> RunAsync(params string[] arguments) => CommandLine.Parse(arguments).InvokeAsync(
        new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false });

    private void AssertRule(byte[] mask)
    {
        var unlike = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            var (x, y) = (i % StripFiles.Width, i / StripFiles.Width);
            unlike += mask[i] != Rule(x, y) ? 1 : 0;
        }

        Assert.Equal(0, unlike);
        Assert.InRange(mask.Count(code => code == MaskCode.Yes), mask.Length / 100, mask.Length);
    }

    private byte Rule(int x, int y)
    {
        if (Enumerable.Range(0, 6).All(band => files.At(band, x, y) == Nodata))
        {
            return MaskCode.Nodata;
        }

        var (green, nir) = (files.At(1, x, y) * 0.0001f, files.At(3, x, y) * 0.0001f);
        return (green - nir) / (green + nir) > Threshold ? MaskCode.Yes : MaskCode.No;
    }

    private static void AssertNamed(string item)
    {
        var software = JsonNode.Parse(File.ReadAllText(item))!["properties"]!["processing:software"]!;
        Assert.Matches("^test-net 1\\.2\\.0 sha256:[0-9a-f]{64}$", software["model"]!.GetValue<string>());
        Assert.Equal("1.29.0", software["onnxruntime"]!.GetValue<string>());
        Assert.Equal("cpu", software["execution provider"]!.GetValue<string>());
    }

    private static byte[] Pixels(string path)
    {
        using var reader = StripFiles.Store.Open(path);
        var window = reader.Info.Bounds;
        using var planes = new PixelPlanes(window, window, 1, PixelType.UInt8);
        reader.Read(window, [0], planes, 0, 0);
        return [.. Enumerable.Range(0, window.Height).SelectMany(row => planes.RowSpan<byte>(0, row).ToArray())];
    }
}
