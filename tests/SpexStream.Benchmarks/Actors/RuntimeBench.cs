using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Actors;
using SpexStream.Actors.Tiles;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Scenes;
using SpexStream.Journal.Sqlite;
using SpexStream.Pipeline;

namespace SpexStream.Benchmarks.Actors;

/// <summary>runtime FILE FOLDER ROUNDS: works on a scene with the in-process runtime and with Akka.NET, both with a
/// journal. A-B-A-B in one warm process.</summary>
internal static class RuntimeBench
{
    public static async Task RunAsync(string[] arguments)
    {
        var (file, folder) = (arguments[0], arguments[1]);
        var rounds = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        var options = new ProcessingOptions
        {
            Classes = [LandCoverClass.Water, LandCoverClass.Vegetation],
            Products = ProductKinds.Masks | ProductKinds.Regions,
        };
        await using var local = new LocalProcessing(Path.Combine(folder, "local"), options, Open(folder, "local.db"));
        await using var akka = new LocalProcessing(
            Path.Combine(folder, "akka"), options, Open(folder, "akka.db"), make: (bounds, ports) =>
            {
                var tiles = new OfferedTiles(bounds.MaxOpenScenes * bounds.SceneTiles);
                return new AkkaRuntime(
                    new AkkaRuntimeOptions { MaxOpenScenes = bounds.MaxOpenScenes },
                    new PipelineWorks(bounds, ports, tiles), tiles, NullLoggerFactory.Instance);
            });
        await akka.BeginAsync();
        var scene = 0;
        var seconds = Rounds.Interleave(rounds, () => Run(local), () => Run(akka));
        Json.Print(("rounds", rounds), ("local_seconds", seconds[0]), ("akka_seconds", seconds[1]),
            ("tax", (seconds[1] / seconds[0]) - 1));

        void Run(LocalProcessing processing) =>
            processing.ProcessAsync(SceneOfOneStrip.Announce(file, $"scene-{scene++}")).GetAwaiter().GetResult();
    }

    private static SqliteJournal Open(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        return SqliteJournal.Open(new SqliteJournalOptions { Path = Path.Combine(folder, name) }, TimeProvider.System);
    }
}
