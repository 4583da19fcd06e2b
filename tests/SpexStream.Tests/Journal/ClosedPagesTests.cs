using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Journal.Sqlite;
using Xunit;

namespace SpexStream.Tests.Journal;

/// <summary>Closed scenes are read in pages, so that a reader holds few of them at once.</summary>
public sealed class ClosedPagesTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("spex-pages-").FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(100)]
    public async Task Every_closed_scene_comes_once_in_order_also_where_pages_part_scenes_of_one_moment(int perPage)
    {
        var options = new SqliteJournalOptions { Path = Path.Combine(_folder, "journal.db") };
        await using var journal = SqliteJournal.Open(options, TimeProvider.System);
        // d, e and f were closed at one moment.
        foreach (var (name, minutes) in new[] { ("f", 3), ("b", 1), ("e", 3), ("a", 2), ("d", 3), ("c", 4) })
        {
            var writer = await journal.OpenWriterAsync(SceneId.Parse(name));
            await writer.AppendAsync(new(
                Noon.AddMinutes(minutes), SampleFacts.Opened(), new SceneFact.SceneFailed("x", "y", [1])));
        }

        await journal.OpenWriterAsync(SceneId.Parse("without-facts"));
        await (await journal.OpenWriterAsync(SceneId.Parse("open"))).AppendAsync(new(Noon, SampleFacts.Opened()));
        await using var reader = SqliteJournal.OpenToRead(options);
        var read = new List<string>();
        await foreach (var listing in reader.ReadClosedAsync(perPage))
        {
            read.Add(listing.Scene.Value);
        }

        Assert.Equal(["b", "a", "d", "e", "f", "c"], read);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
