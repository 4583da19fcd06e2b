using System.Text.Json;
using SpexStream.Daemon.Commands;
using SpexStream.Daemon.Commands.Spie;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Raster;
using SpexStream.Tests.SharedScenes;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Spie;

public sealed class SpieBuildTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SpieBuildTests()
    {
        // Water (dark in nir) in the upper left, vegetation elsewhere; the second scene is smaller than a window.
        WriteScene("large", 1000, 600);
        WriteScene("small", 300, 200);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_masks_and_records_belong_together()
    {
        var build = Build("set");
        var statistics = build.Run(CancellationToken.None).Json();
        Assert.Empty(build.Failures);
        var records = Records("set");
        Assert.Equal(records.Count, (long)statistics["records"]!);
        Assert.NotEmpty(records);
        Assert.All(records, record =>
        {
            Assert.StartsWith(
                "<image>\nBased on the provided image",
                record.GetProperty("conversations")[0].GetProperty("value").GetString(), StringComparison.Ordinal);
            Assert.Equal("gpt", record.GetProperty("conversations")[1].GetProperty("from").GetString());
            Assert.False(record.GetProperty("oracle").GetBoolean());
            var rgb = Pixels(record.GetProperty("image").GetString()!, 3);
            Assert.True(rgb.Distinct().Count() > 1);
            var mask = Pixels(record.GetProperty("gt_image").GetString()!, 1);
            Assert.Equal(record.GetProperty("pixels").GetInt64(), mask.Sum(value => value));
            Assert.All(mask.Distinct(), value => Assert.InRange(value, 0, 1));
        });
        var water = records.Single(record => record.GetProperty("id").GetString() == "small__512__0___0_water");
        Assert.Contains(
            "'Centroid': [0.096, 0.096], 'Location': 'top-left', 'Bounding box': [[0.0, 0.0], [0.193, 0.0], [0.193, 0.193], [0.0, 0.193]]",
            water.GetProperty("conversations")[0].GetProperty("value").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_ended_goes_on_and_gives_the_same_bytes()
    {
        Build("whole").Run(CancellationToken.None);
        Build("part").Run(CancellationToken.None);
        var journal = _folder["part/windows.jsonl"];
        var whole = File.ReadAllBytes(journal);
        File.WriteAllBytes(journal, whole[..(whole.Length * 2 / 3)]);
        Directory.Delete(_folder["part/masks"], recursive: true);
        Build("part").Run(CancellationToken.None);
        Assert.Equal(whole, File.ReadAllBytes(journal));
        foreach (var file in new[] { "train.json", "val.json", "test.json", "statistics.json", "statistics.txt" })
        {
            Assert.Equal(File.ReadAllText(_folder[$"whole/{file}"]), File.ReadAllText(_folder[$"part/{file}"]));
        }

        // What was done before the cut is not done again.
        Assert.True(
            Directory.GetFiles(_folder["part/masks"]).Length < Directory.GetFiles(_folder["whole/masks"]).Length);
    }

    [Fact]
    public void A_set_begun_with_other_options_is_left_alone()
    {
        Build("set").Run(CancellationToken.None);
        var before = File.ReadAllText(_folder["set/train.json"]);
        Assert.Contains(
            "begun with other options",
            Assert.Throws<CommandException>(() => Build("set", seed: 8).Run(CancellationToken.None)).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_folder["set/train.json"]));
    }

    [Fact]
    public void What_cannot_be_read_is_named_and_the_rest_is_made()
    {
        File.WriteAllText(_folder["scenes/broken.tif"], "no raster");
        Directory.CreateDirectory(_folder["scenes/odd"]);
        File.WriteAllText(_folder["scenes/odd/scene.json"], "{}");
        var build = Build("set");
        build.Run(CancellationToken.None);
        Assert.Equal(["broken.tif", "scene.json"],
            build.Failures.Select(failure => Path.GetFileName(failure.Path)).Order());
        Assert.NotEmpty(Records("set"));
        Assert.Contains("broken.tif", File.ReadAllText(_folder["set/statistics.txt"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Prompts_from_labels_are_marked_and_their_masks_are_the_labels()
    {
        // Water where the spectra see none: only the labels can have told it.
        new TestTiff(300, 200, 1, PixelType.UInt8).Write(
            Prepared("labels/small.tif"), (_, x, y) => x >= 200 && y >= 100 ? 1 : 0);
        Build("set", labels: _folder["labels"]).Run(CancellationToken.None);
        var record = Assert.Single(Records("set"));
        Assert.True(record.GetProperty("oracle").GetBoolean());
        Assert.Equal(
            ("labels", "labels"),
                (record.GetProperty("prompt_source").GetString(), record.GetProperty("gt_source").GetString()));
        Assert.Equal(100 * 100, Pixels(record.GetProperty("gt_image").GetString()!, 1).Sum(value => value));
        Build("real", labels: _folder["labels"], prompts: false).Run(CancellationToken.None);
        var real = Records("real").Single(one => one.GetProperty("id").GetString() == "small__512__0___0_water");
        Assert.Equal(
            ("spectral", "labels"),
                (real.GetProperty("prompt_source").GetString(), real.GetProperty("gt_source").GetString()));
    }

    [RequiresSharedDataFact]
    public void A_small_real_scene_is_made_with_its_labels()
    {
        var images = Path.Combine(RequiresSharedDataFactAttribute.Folder, "s2-slovenia-forest");
        var build = Build("set", labels: images, images: images);
        build.Run(CancellationToken.None);
        Assert.Empty(build.Failures);
        Assert.Contains(Records("set"), record => record.GetProperty("class").GetString() == "vegetation");
    }

    private SpieBuild Build(
        string name, int seed = 7, string? labels = null, bool prompts = true, string? images = null) => new(
        new SpieSettings
        {
            Images = images ?? _folder["scenes"],
            Labels = labels,
            PromptsFromLabels = labels is not null && prompts,
            Classes = LandCoverClasses.All,
            Out = Directory.CreateDirectory(_folder[name]).FullName,
            Seed = seed,
            WithNegatives = false,
            Bands = new(["blue", "green", "red", "nir"], 0.0001, 0, null, RadiometryLevel.SurfaceReflectance),
        },
        new GdalRasterStore(new RasterOptions()),
        new SpieProgress(TimeProvider.System));

    private List<JsonElement> Records(string name) => [.. new[] { "train", "val", "test" }.SelectMany(part =>
        JsonDocument.Parse(File.ReadAllText(_folder[$"{name}/{part}.json"])).RootElement.EnumerateArray())];

    private byte[] Pixels(string file, int bands)
    {
        var path = Directory.GetDirectories(_folder.Root).Select(set => Path.Combine(set, file)).First(File.Exists);
        using var reader = new GdalRasterStore(new RasterOptions()).Open(path);
        Assert.Equal((512, 512, bands), (reader.Info.Width, reader.Info.Height, reader.Info.Bands.Length));
        using var planes = new PixelPlanes(reader.Info.Bounds, reader.Info.Bounds, 1, PixelType.UInt8);
        reader.Read(reader.Info.Bounds, [0], planes, 0, 0);
        return [.. Enumerable.Range(0, 512).SelectMany(row => planes.RowSpan<byte>(0, row).ToArray())];
    }

    private void WriteScene(string name, int width, int height) =>
        new TestTiff(width, height, 4, PixelType.UInt16).Write(Prepared($"scenes/{name}.tif"), (band, x, y) =>
        {
            var isWater = x < 100 && y < 100;
            return (isWater ? new[] { 900, 800, 500, 100 } : [400, 700, 500, 3500])[band] + ((x * 7) + (y * 3)) % 5;
        });

    private string Prepared(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        return _folder[name];
    }
}
