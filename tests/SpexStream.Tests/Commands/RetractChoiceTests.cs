using Microsoft.Data.Sqlite;
using SpexStream.Daemon.Commands;
using SpexStream.Daemon.Commands.Retract;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Journal.Sqlite;
using SpexStream.Tests.Journal;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Commands;

/// <summary>Which products are looked up for a withdrawal.</summary>
public sealed class RetractChoiceTests : IDisposable
{
    private const string Model = "0123456789ab";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("stands", "")]
    [InlineData("gone", "Scene gone has no product that stands.")]
    [InlineData("open", "Scene open has no product that stands.")]
    [InlineData("nope", "The journal does not know the scene nope.")]
    public async Task A_trial_with_one_scene_says_what_the_journal_knows_of_it(string scene, string fault)
    {
        var (path, time) = (_folder["data/journal.db"], new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        await using (var journal = SqliteJournal.Open(new() { Path = path }, new ManualClock(time)))
        {
            var published = new SceneFact.ScenePublished(new(2, 1, "folder", 1, 100, []));
            await AppendAsync("stands", published);
            await AppendAsync("gone", published, new SceneFact.SceneRetracted(2, "wrong"));
            await AppendAsync("open");

            async Task AppendAsync(string id, params SceneFact[] facts)
            {
                var writer = await journal.OpenWriterAsync(SceneId.Parse(id));
                await writer.AppendAsync(new(time, [SampleFacts.Opened(), .. facts]));
            }
        }

        await using var reader = SqliteJournal.OpenToRead(new() { Path = path });
        var finding = new RetractChoice(SceneId.Parse(scene), null, null, null).FindAsync(reader, null, default);
        if (fault.Length > 0)
        {
            Assert.Equal(fault, (await Assert.ThrowsAsync<CommandException>(() => finding)).Message);
            return;
        }

        var found = Assert.Single((await finding).Targets);
        Assert.Equal((2, SampleFacts.Opened().Scene.SensedTo), (found.Revision, found.SensedTo));
    }

    [Fact]
    public async Task A_product_that_cannot_be_looked_at_keeps_no_other_from_being_found()
    {
        var path = _folder["data/journal.db"];
        var clock = new ManualClock(new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        await using (var journal = SqliteJournal.Open(new() { Path = path }, clock))
        {
            foreach (var scene in new[] { "first", "gone", "list", "number", "broken", "damaged", "other", "last" })
            {
                var writer = await journal.OpenWriterAsync(SceneId.Parse(scene));
                await writer.AppendAsync(new(
                    clock.GetUtcNow(),
                    [SampleFacts.Opened(), new SceneFact.ScenePublished(new(1, 1, $"{scene}.r1", 1, 100, []))]));
                clock.Advance(TimeSpan.FromMinutes(1));
            }
        }

        Item("first", $"sha256:{Model}00");
        Item("list", null, "[1, 2]");
        Item("number", null, """{ "properties": { "processing:software": { "model": 7 } } }""");
        Item("broken", null, "{");
        Item("damaged", $"sha256:{Model}00");
        Item("other", "sha256:ffffffffffffffff");
        Item("last", $"spex sha256:{Model}00");
        await using (var file = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await file.OpenAsync();
            var damage = file.CreateCommand();
            damage.CommandText = "UPDATE facts SET body = x'00' WHERE scene = 'damaged'";
            Assert.True(await damage.ExecuteNonQueryAsync() > 0);
        }

        await using var reader = SqliteJournal.OpenToRead(new() { Path = path });
        var found = await new RetractChoice(null, Model, null, null).FindAsync(reader, _folder["out"], default);
        Assert.Equal(["first", "last"], found.Targets.Select(target => target.Scene.Value).Order());
        Assert.Equal(
            ["broken", "damaged", "gone", "list", "number"], found.Unread.Select(each => each.Scene.Value).Order());
        Assert.Contains("the item of gone.r1 cannot be read", found.Unread[0].Reason, StringComparison.Ordinal);

        var byTime = await new RetractChoice(null, null, null, null).FindAsync(reader, null, default);
        Assert.Equal((7, "damaged"), (byTime.Targets.Length, Assert.Single(byTime.Unread).Scene.Value));
    }

    private void Item(string scene, string? model, string? text = null)
    {
        Directory.CreateDirectory(_folder[$"out/{scene}.r1"]);
        text ??= $$"""{ "properties": { "processing:software": { "model": "{{model}}" } } }""";
        File.WriteAllText(_folder[$"out/{scene}.r1/item.json"], text);
    }
}
