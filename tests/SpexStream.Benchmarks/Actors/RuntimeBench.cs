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
/// journal. A-B-A-B in one warm process, after the products of both were found equal byte for byte.</summary>
internal static class RuntimeBench
{
    private const string Compared = "compared";

    public static async Task RunAsync(string[] arguments)
    {
        // What the actor system says as it ends comes before.
        var (rounds, local, akka, equal) = await MeasureAsync(arguments);
        Json.Print(
            ("rounds", rounds), ("local_seconds", local), ("akka_seconds", akka), ("tax", (akka / local) - 1),
            ("equal_files", equal));
    }

    private static async Task<(int Rounds, double Local, double Akka, int EqualFiles)> MeasureAsync(string[] arguments)
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
        await local.ProcessAsync(SceneOfOneStrip.Announce(file, Compared));
        await akka.ProcessAsync(SceneOfOneStrip.Announce(file, Compared));
        var equal = SameProducts.Count(
            Path.Combine(local.OutputRoot, Compared), Path.Combine(akka.OutputRoot, Compared));
        var scene = 0;
        var seconds = Rounds.Interleave(
            rounds, () => Run(local), () => Clear(local), () => Run(akka), () => Clear(akka));
        return (rounds, seconds[0], seconds[2], equal);

        void Run(LocalProcessing processing) =>
            processing.ProcessAsync(SceneOfOneStrip.Announce(file, $"scene-{scene++}")).GetAwaiter().GetResult();
    }

    // What is gone before the system writes it back does not slow whoever comes next.
    private static void Clear(LocalProcessing processing)
    {
        foreach (var entry in new DirectoryInfo(processing.OutputRoot).GetDirectories())
        {
            if (entry.LinkTarget is null)
            {
                entry.Delete(recursive: true);
            }
            else
            {
                // The scene's name, which points at its newest revision; that may be gone already.
                File.Delete(entry.FullName);
            }
        }
    }

    private static SqliteJournal Open(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        return SqliteJournal.Open(new SqliteJournalOptions { Path = Path.Combine(folder, name) }, TimeProvider.System);
    }
}
