using System.Text.Json.Nodes;
using SpexStream.Daemon.Commands;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Synthesis;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Weights;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Inference.SpexBackend;

/// <summary>An untrained SPEX as the backend of the whole pipeline, by the command line.</summary>
public sealed class SpexProcessTests : IDisposable
{
    private const int Width = 300;
    private const int Height = 200;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Processing_gives_masks_that_keep_the_rules_guards_and_names_the_untrained_model()
    {
        var raster = Write();
        TinySpex.Write(7, _folder["pack"], Precision.Float32, 64, 6);

        Assert.Equal(0, await ProcessAsync(raster, "rules", "spectral"));
        Assert.Equal(0, await ProcessAsync(raster, "spex", _folder["pack"]));
        Assert.Equal(0, await ProcessAsync(raster, "again", _folder["pack"]));

        var (rules, masks) = (Pixels("rules", "water.tif"), Pixels("spex", "water.tif"));
        // Dark land near a cloud is shadow, unless the model says that it is something else.
        Assert.All(masks.Zip(rules), pixel => Assert.True(IsHidden(pixel.Second) || !IsHidden(pixel.First)));
        Assert.Equal(rules.Select(code => code == MaskCode.Nodata), masks.Select(code => code == MaskCode.Nodata));
        Assert.Contains(MaskCode.Nodata, masks);
        Assert.Contains(MaskCode.Cloud, masks);
        Assert.Contains(MaskCode.Yes, masks);
        Assert.NotEqual(rules, masks);
        Assert.Equal(masks, Pixels("again", "water.tif"));
        Assert.Equal(Pixels("spex", "water-confidence.tif"), Pixels("again", "water-confidence.tif"));
        var properties = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder["spex"], "made", "item.json")))!
            ["properties"]!;
        Assert.Matches(
            "^spex-tiny-untrained-7 1 sha256:[0-9a-f]{64}$",
            properties["processing:software"]!["model"]!.GetValue<string>());
        Assert.False((bool?)properties["spex:trained"]);
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsHidden(byte code) => code is MaskCode.Cloud or MaskCode.Nodata or MaskCode.SnowIce;

    private Task<int> ProcessAsync(string raster, string output, string backend) => CommandLine.Parse(
        [
            "process", raster, "--bands", "blue,green,red,nir,swir16,swir22", "--scale", "0.0001", "--radiometry", "sr",
            "--scene", "made", "--out", _folder[output], "--tile", "128", "--threads", "2", "--backend", backend,
        ])
        .InvokeAsync(new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false });

    private string Write()
    {
        var scene = SyntheticScene.Create(new() { Seed = 20260501, Width = Width, Height = Height, Strips = 1 });
        var pixels = new ushort[SyntheticScene.BandCount * Width * Height];
        scene.Fill(scene.Window, pixels, new byte[Width * Height]);
        var path = _folder["made.tif"];
        new TestTiff(Width, Height, SyntheticScene.BandCount, PixelType.UInt16)
        {
            Transform = scene.Grid,
            Epsg = SyntheticScene.EpsgCode,
            Nodata = "0",
        }.Write(path, (band, x, y) => x < 20 && y < 10 ? 0 : pixels[(((band * Height) + y) * Width) + x]);
        return path;
    }

    private byte[] Pixels(string output, string name)
    {
        using var reader = StripFiles.Store.Open(Path.Combine(_folder[output], "made", name));
        var window = reader.Info.Bounds;
        using var planes = new PixelPlanes(window, window, 1, PixelType.UInt8);
        reader.Read(window, [0], planes, 0, 0);
        return [.. Enumerable.Range(0, window.Height).SelectMany(row => planes.RowSpan<byte>(0, row).ToArray())];
    }
}
