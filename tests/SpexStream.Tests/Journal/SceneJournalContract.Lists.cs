using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using Xunit;

namespace SpexStream.Tests.Journal;

public abstract partial class SceneJournalContract
{
    private static readonly SceneFact Published = new SceneFact.ScenePublished(
        new PublishedProduct(1, 1, "scene-1.r1.e1", 9, 100, []));

    [JournalFact]
    public async Task Open_scenes_are_listed_by_deadline_then_priority_then_age()
    {
        await OpenSceneAsync("d-none-old", null, 5, Noon);
        await OpenSceneAsync("b-late", Noon.AddHours(2), 9, Noon);
        await OpenSceneAsync("c-none-urgent", null, 8, Noon.AddMinutes(2));
        await OpenSceneAsync("a-early", Noon.AddHours(1), 0, Noon.AddMinutes(3));
        await OpenSceneAsync("e-none-new", null, 5, Noon.AddMinutes(4));
        await OpenSceneAsync("f-closed", Noon, 5, Noon, Published);
        await Journal.OpenWriterAsync(SceneId.Parse("g-without-facts"));

        var open = await Journal.ListOpenAsync();
        Assert.Equal(
            ["a-early", "b-late", "c-none-urgent", "d-none-old", "e-none-new"], Names(open));
        var first = open[0];
        Assert.Equal((Noon.AddHours(1), 0, Noon.AddMinutes(3), 1),
            (first.Deadline, first.Priority, first.OpenedAt, first.LastSequence));
    }

    [JournalFact]
    public async Task The_listing_names_the_newest_epoch()
    {
        await OpenSceneAsync("scene-1", null, 5, Noon);
        var writer = await Journal.OpenWriterAsync(Scene);
        Assert.Equal(writer.Epoch, Assert.Single(await Journal.ListOpenAsync()).Epoch);
    }

    [JournalFact]
    public async Task Closed_scenes_are_listed_by_age_and_come_back_when_reopened()
    {
        await OpenSceneAsync("c", null, 5, Noon.AddHours(3), Published);
        await OpenSceneAsync("a", null, 5, Noon.AddHours(1), new SceneFact.SceneFailed("x", "y", [1]));
        await OpenSceneAsync("b", null, 5, Noon.AddHours(2), Published);
        Assert.Equal(["a", "b"], Names(await Journal.ListClosedAsync(Noon.AddHours(3), 10)));
        Assert.Equal(["a"], Names(await Journal.ListClosedAsync(Noon.AddHours(3), 1)));
        Assert.Equal(["a", "b", "c"], Names(await Journal.ListClosedAsync(DateTimeOffset.MaxValue, 10)));
        Assert.Equal(["c", "b"], Names((await Journal.ListClosedSinceAsync(Noon.AddHours(2), 10)).Scenes));
        Assert.Equal(["c"], Names((await Journal.ListClosedSinceAsync(DateTimeOffset.MinValue, 1)).Scenes));

        var writer = await Journal.OpenWriterAsync(SceneId.Parse("b"));
        await writer.AppendAsync(new(Noon.AddHours(4), new SceneFact.SceneReopened(2, "late strip")));
        Assert.Equal(["b"], Names(await Journal.ListOpenAsync()));
        Assert.Equal(["a", "c"], Names(await Journal.ListClosedAsync(DateTimeOffset.MaxValue, 10)));
    }

    [JournalFact]
    public async Task A_stream_is_no_scene_and_goes_when_it_has_moved()
    {
        var stream = SceneId.OfStream("alerts-a");
        var writer = await Journal.OpenWriterAsync(stream);
        await writer.AppendAsync(new(Noon, [.. SampleAlertFacts.All.Where(fact => fact is not SceneFact.StreamMoved)])
        {
            Messages = [SampleMessages.Event("event-1")],
        });
        Assert.Empty(await Journal.ListOpenAsync());
        Assert.Equal(SceneStanding.Open, (await Journal.FindAsync(stream))!.Standing);
        Assert.Equal(ForgetOutcome.StillOpen, await Journal.ForgetAsync(stream));
        var entry = Assert.Single(await Journal.Outbox.ReadAsync(0, 10, 1 << 20));
        Assert.Equal(stream, entry.Scene);
        Assert.Equal([stream], await Journal.ListUnacknowledgedAsync());

        await writer.AppendAsync(new(Noon.AddHours(1), new SceneFact.StreamMoved()));
        Assert.Empty(await Journal.ListClosedAsync(DateTimeOffset.MaxValue, 10));
        Assert.Equal(ForgetOutcome.MessagesWait, await Journal.ForgetAsync(stream));
        await Journal.Outbox.DeleteAsync([entry.Key]);
        Assert.Equal(ForgetOutcome.Forgotten, await Journal.ForgetAsync(stream));
    }

    [JournalFact]
    public async Task A_scene_can_be_found_by_its_id()
    {
        Assert.Null(await Journal.FindAsync(Scene));
        await Journal.OpenWriterAsync(Scene);
        Assert.Null(await Journal.FindAsync(Scene));
        await OpenSceneAsync("scene-1", null, 5, Noon, Published);
        var found = await Journal.FindAsync(Scene);
        Assert.Equal((SceneStanding.Published, 1, "scene-1.r1.e1", 2),
            (found!.Standing, found.Revision, found.Folder, found.LastSequence));
    }

    [JournalFact]
    public async Task Only_a_closed_scene_without_waiting_messages_is_forgotten()
    {
        Assert.Equal(ForgetOutcome.Unknown, await Journal.ForgetAsync(Scene));
        var writer = await Journal.OpenWriterAsync(Scene);
        await writer.AppendAsync(new(Noon, SampleFacts.Opened()) { Messages = [SampleMessages.Event("a")] });
        Assert.Equal(ForgetOutcome.StillOpen, await Journal.ForgetAsync(Scene));
        await writer.AppendAsync(new(Noon, Published));
        Assert.Equal(ForgetOutcome.MessagesWait, await Journal.ForgetAsync(Scene));
        Assert.Equal(2, (await ReadAllAsync(Scene)).Count);

        var entry = Assert.Single(await Journal.Outbox.ReadAsync(0, 10, long.MaxValue));
        await Journal.Outbox.DeleteAsync([entry.Key]);
        Assert.Equal(ForgetOutcome.Forgotten, await Journal.ForgetAsync(Scene));
        Assert.Equal(ForgetOutcome.Unknown, await Journal.ForgetAsync(Scene));
        Assert.Empty(await ReadAllAsync(Scene));
        Assert.Null(await Journal.FindAsync(Scene));

        // Nothing is left of it that could get in the way of a scene of that name.
        writer = await Journal.OpenWriterAsync(Scene);
        Assert.Equal(1, await writer.AppendAsync(
            new(Noon, Started(1)) { Messages = [SampleMessages.Event("a", "other")] }));
    }

    [JournalFact]
    public async Task A_run_that_did_not_say_that_it_ends_has_crashed()
    {
        var first = Journal.Run.Number;
        Assert.Empty(Journal.Run.Crashed);
        await ReopenAsync();
        var second = Journal.Run.Number;
        Assert.Equal([first], Journal.Run.Crashed);
        await Journal.EndRunAsync();
        await ReopenAsync();
        Assert.Equal([first], Journal.Run.Crashed);
        Assert.True(Journal.Run.Number > second && second > first);
    }

    private static IEnumerable<string> Names(IEnumerable<SceneListing> scenes) =>
        scenes.Select(scene => scene.Scene.Value);

    private async Task OpenSceneAsync(
        string name, DateTimeOffset? deadline, int priority, DateTimeOffset at, params SceneFact[] facts)
    {
        var writer = await Journal.OpenWriterAsync(SceneId.Parse(name));
        await writer.AppendAsync(new(at, [SampleFacts.Opened(deadline, priority), .. facts]));
    }
}
