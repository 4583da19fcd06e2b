using System.Globalization;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Scenes;
using SpexStream.Inference;
using SpexStream.Pipeline.Models;

namespace SpexStream.Benchmarks;

/// <summary>
/// second FILE PLAIN SIDE FOLDER TILE MILLISECONDS ROUNDS: what the second opinion of the rules takes of the processor
/// beside a network that takes at least so long for a tile, A-B-A-B in one warm process on one device.
/// </summary>
internal static class SecondBench
{
    public static async Task RunAsync(string[] arguments)
    {
        var (file, plain, folder) = (arguments[0], arguments[1], arguments[3]);
        var numbers = arguments.Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var n) ? n : 0)
            .ToArray();
        var (side, tile, milliseconds, rounds) = (numbers[2], numbers[4], numbers[5], numbers[6]);
        var limits = new ModelLimits { BatchSize = 1 };
        var tiles = new BareTiles(plain, side, tile);
        var pack = Path.Combine(folder, "pack");
        var channels = ModelBench.Channels(pack, tiles, limits.BatchSize, milliseconds);
        var options = new ProcessingOptions
        {
            Classes = [LandCoverClass.Water, LandCoverClass.Vegetation],
            Products = ProductKinds.Masks | ProductKinds.Regions,
            TileSize = tile,
            ObservedRegions = 0,
        };
        using var one = PackLoader.Load(pack, [], TimeProvider.System);
        using var other = PackLoader.Load(pack, [], TimeProvider.System);
        await using var alone = new LocalProcessing(
            Path.Combine(folder, "alone"), options, model: new(one, ["cpu:0"], limits));
        await using var checkedBy = new LocalProcessing(
            Path.Combine(folder, "checked"), options with { SecondOpinion = true },
            model: new(other, ["cpu:0"], limits));
        await alone.PrepareAsync();
        await checkedBy.PrepareAsync();
        var (spent, round) = (new List<double>[] { [], [] }, 0);
        var seconds = Rounds.Interleave(rounds, () => Run(alone, 0), () => Run(checkedBy, 1));
        var (without, with) = (
            Rounds.Median(spent[0].TakeLast(rounds)), Rounds.Median(spent[1].TakeLast(rounds)));
        Json.Print(
            ("channels", channels), ("tiles", tiles.Count), ("seconds", seconds[0]), ("second_seconds", seconds[1]),
            ("cpu_milliseconds", 1000 * without / tiles.Count), ("second_cpu_milliseconds", 1000 * with / tiles.Count),
            ("ratio", with / without));

        void Run(LocalProcessing pipeline, int which)
        {
            var before = Environment.CpuUsage.TotalTime;
            pipeline.ProcessAsync(SceneOfOneStrip.Announce(file, $"scene-{round++}")).GetAwaiter().GetResult();
            spent[which].Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }
    }
}
