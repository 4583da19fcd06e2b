using System.Globalization;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Scenes;
using SpexStream.Journal.Sqlite;

namespace SpexStream.Benchmarks;

/// <summary>
/// journal FILE FOLDER ROUNDS: works on a scene without a journal, and with one: every fact forced to the disk, the
/// answers of tiles kept in the work folder, messages serialised into the outbox. A-B-A-B in one warm process.
/// </summary>
internal static class JournalBench
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
        await using var plain = new LocalProcessing(Path.Combine(folder, "plain"), options);
        await using var journaled = new LocalProcessing(Path.Combine(folder, "journaled"), options, Open(folder));
        var scene = 0;
        var seconds = Rounds.Interleave(rounds, () => Run(plain), () => Run(journaled));
        Json.Print(("rounds", rounds), ("plain_seconds", seconds[0]), ("journal_seconds", seconds[1]));

        void Run(LocalProcessing processing) =>
            processing.ProcessAsync(SceneOfOneStrip.Announce(file, $"scene-{scene++}")).GetAwaiter().GetResult();
    }

    private static SqliteJournal Open(string folder)
    {
        Directory.CreateDirectory(folder);
        return SqliteJournal.Open(
            new SqliteJournalOptions { Path = Path.Combine(folder, "journal.db") }, TimeProvider.System);
    }
}
