using System.Globalization;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Scenes;
using SpexStream.Inference;
using SpexStream.Pipeline.Models;
using SpexStream.Raster;

namespace SpexStream.Benchmarks;

/// <summary>
/// model FILE PLAIN SIDE FOLDER TILE DEVICES BATCH MILLISECONDS ROUNDS: a scene through a network that takes at least
/// so long for a tile, by the whole pipeline and by a bare loop over sessions of the same kind on the same devices,
/// A-B-A-B in one warm process, after their masks were found equal.
/// </summary>
internal static class ModelBench
{
    private const int MostChannels = 96;
    private static readonly LandCoverClass[] Classes = [LandCoverClass.Water, LandCoverClass.Vegetation];

    public static async Task RunAsync(string[] arguments)
    {
        var (file, plain, folder) = (arguments[0], arguments[1], arguments[3]);
        var numbers = arguments.Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var n) ? n : 0)
            .ToArray();
        var (side, tile, devices, milliseconds, rounds) =
            (numbers[2], numbers[4], numbers[5], numbers[7], numbers[8]);
        var limits = new ModelLimits { BatchSize = numbers[6] };
        var tiles = new BareTiles(plain, side, tile);
        var pack = Path.Combine(folder, "pack");
        var channels = Channels(pack, tiles, limits.BatchSize, milliseconds);
        using var bare = new BareModels(Path.Combine(pack, "model.onnx"), tiles, limits.BatchSize, devices);
        using var model = PackLoader.Load(pack, [], TimeProvider.System);
        var options = new ProcessingOptions
        {
            Classes = [.. Classes],
            Products = ProductKinds.Masks | ProductKinds.Regions,
            TileSize = tile,
            ObservedRegions = 0,
        };
        using var answered = new AnsweredTiles();
        await using var pipeline = new LocalProcessing(
            folder, options, model: new(model, [.. Enumerable.Range(0, devices).Select(i => $"cpu:{i}")], limits));
        await pipeline.PrepareAsync();
        Run(pipeline, file, "equal");
        var differences = Enumerable.Range(0, Classes.Length).Sum(index => bare.Differences(
            Mask(Path.Combine(folder, "out", "equal", $"{Classes[index].Slug()}.tif")), side, index + 1));
        var (steady, busy, round) = (new List<double>(), new List<double>(), 0);
        var seconds = Rounds.Interleave(
            rounds,
            bare.Run,
            () =>
            {
                answered.Begin();
                Run(pipeline, file, $"scene-{round++}");
                var heard = answered.Heard;
                // When the first answer comes, every device has computed its first batch, or nearly so.
                steady.Add((double)(heard.Batches - devices) * tiles.Count / heard.Batches / heard.Seconds);
                busy.Add(heard.BusySeconds);
            });
        Json.Print(
            ("channels", channels), ("tiles", tiles.Count), ("differences", differences),
            ("milliseconds", 1000 * seconds[0] * devices / tiles.Count), ("bare_seconds", seconds[0]),
            ("pipeline_seconds", seconds[1]), ("ratio", seconds[0] / seconds[1]),
            ("steady_ratio", Rounds.Median(steady.TakeLast(rounds)) * seconds[0] / tiles.Count),
            ("busy_seconds", Rounds.Median(busy.TakeLast(rounds))));
    }

    private static void Run(LocalProcessing pipeline, string file, string scene) =>
        pipeline.ProcessAsync(SceneOfOneStrip.Announce(file, scene)).GetAwaiter().GetResult();

    /// <summary>The least width with which one thread takes as long as is wanted.</summary>
    public static int Channels(string pack, BareTiles tiles, int batch, int milliseconds)
    {
        for (var channels = 1; ; channels++)
        {
            BenchNetwork.Write(pack, channels);
            using var model = new BareModel(Path.Combine(pack, "model.onnx"), tiles.Edge, batch);
            model.Run();
            var best = Enumerable.Range(0, 5).Min(_ => Rounds.Once(model.Run));
            if (1000 * best / batch >= milliseconds || channels == MostChannels)
            {
                return channels;
            }
        }
    }

    private static byte[] Mask(string path)
    {
        using var reader = new GdalRasterStore(new RasterOptions()).Open(path);
        var window = reader.Info.Bounds;
        using var planes = new PixelPlanes(window, window, 1, PixelType.UInt8);
        reader.Read(window, [0], planes, 0, 0);
        return [.. Enumerable.Range(0, window.Height).SelectMany(row => planes.RowSpan<byte>(0, row).ToArray())];
    }
}
