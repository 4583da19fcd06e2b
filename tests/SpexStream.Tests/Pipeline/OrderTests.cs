using SpexStream.Daemon.Composition;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Scenes;
using SpexStream.Journal.Sqlite;
using SpexStream.Messaging.Publishing;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pipeline;

/// <summary>Orders to a real runtime with a journal.</summary>
public abstract class OrderTests(StripFiles files, RuntimeKind kind) : IClassFixture<StripFiles>
{
    private static readonly ProcessingOptions Small = new() { TileSize = 256, Classes = [LandCoverClass.Water] };
    private static readonly SceneId Made = SceneId.Parse("made");

    [Fact]
    public async Task A_closed_scene_is_made_again_from_the_answers_that_still_hold()
    {
        await using var desk = new Desk(kind);
        var first = await desk.CloseAsync(files);
        Assert.Equal("reprocessing", (await desk.OrderAsync(new SceneOrder.Reprocess(1))).Reason);
        var second = await desk.Bench.Events.ClosedAsync("made");
        Assert.Equal((2, 100.0), (second.Revision, second.CompletenessPercent));
        Assert.Equal(Workbench.Pixels(first, "water.tif"), Workbench.Pixels(second, "water.tif"));
        // Given once more, it names a revision that is not the newest.
        Assert.Equal("other-revision", (await desk.OrderAsync(new SceneOrder.Reprocess(1))).Reason);
    }

    [Fact]
    public async Task A_withdrawn_product_loses_its_name_and_everybody_is_told()
    {
        await using var desk = new Desk(kind);
        var outcome = await desk.CloseAsync(files);
        Assert.True((await desk.OrderAsync(new SceneOrder.Retract(Reason: "wrong sensor"))).IsDone);
        Assert.False(Path.Exists(Path.Combine(desk.Bench.OutputRoot, "made")));
        Assert.True(Directory.Exists(outcome.Folder));
        var messages = await desk.MessagesAsync();
        var deleted = Assert.Single(messages, message => message.EventType == EventTypes.MaskDeleted);
        Assert.Contains("\"rel\":\"deletion\"", Text(deleted), StringComparison.Ordinal);
        Assert.Contains("wrong sensor", Text(deleted), StringComparison.Ordinal);
        Assert.Contains("\"phase\":\"retracted\"", Text(messages[^1]), StringComparison.Ordinal);
        Assert.Equal(SceneStanding.Retracted, (await desk.Journal.FindAsync(Made))!.Standing);

        // Withdrawn again nothing is said again; made again it stands under its name.
        Assert.True((await desk.OrderAsync(new SceneOrder.Retract())).IsDone);
        Assert.Equal(messages.Length, (await desk.MessagesAsync()).Length);
        desk.Bench.Events.Forget("made");
        Assert.True((await desk.OrderAsync(new SceneOrder.Reprocess())).IsDone);
        Assert.Equal(2, (await desk.Bench.Events.ClosedAsync("made")).Revision);
        Assert.True(Path.Exists(Path.Combine(desk.Bench.OutputRoot, "made")));
    }

    [Fact]
    public async Task A_product_whose_name_cannot_be_taken_away_stands_and_its_scene_is_well()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            // Nothing keeps such a process from deleting a name.
            return;
        }

        await using var desk = new Desk(kind);
        await desk.CloseAsync(files);
        var messages = await desk.MessagesAsync();
        var mode = File.GetUnixFileMode(desk.Bench.OutputRoot);
        File.SetUnixFileMode(desk.Bench.OutputRoot, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal("cannot-withdraw", (await desk.OrderAsync(new SceneOrder.Retract())).Reason);
        Assert.Equal(messages.Length, (await desk.MessagesAsync()).Length);
        Assert.True(Path.Exists(Path.Combine(desk.Bench.OutputRoot, "made")));

        File.SetUnixFileMode(desk.Bench.OutputRoot, mode);
        Assert.True((await desk.OrderAsync(new SceneOrder.Retract())).IsDone);
        Assert.False(Path.Exists(Path.Combine(desk.Bench.OutputRoot, "made")));
    }

    [Fact]
    public async Task Two_failures_of_a_scene_are_two_dead_letters_and_the_state_says_failed()
    {
        await using var desk = new Desk(
            kind, new RecordedEvents { OnSummary = new InvalidOperationException("always the same") });
        await desk.FailAsync(files);
        await desk.FailAsync(files);
        var messages = await desk.MessagesAsync();
        var letters = messages.Where(message => message.EventType == EventTypes.DeadLetter).ToArray();
        Assert.Equal(2, letters.Length);
        Assert.Equal(2, letters.Select(letter => letter.EventId).Distinct().Count());
        var states = messages.Where(message => message.EventType == EventTypes.SceneProgress).Select(Text).ToArray();
        Assert.Contains("\"phase\":\"failed\",\"reason\":\"failed\"", states[^1], StringComparison.Ordinal);
        Assert.Contains(states, state => state.Contains("\"phase\":\"open\"", StringComparison.Ordinal));

        Assert.Equal("abandoned", (await desk.OrderAsync(new SceneOrder.Abandon("no use"))).Reason);
        Assert.Contains("\"phase\":\"abandoned\"", Text((await desk.MessagesAsync())[^1]), StringComparison.Ordinal);
        Assert.Equal(SceneStanding.Retracted, (await desk.Journal.FindAsync(Made))!.Standing);
    }

    [Fact]
    public async Task A_quarantined_strip_that_is_released_is_worked_on_again()
    {
        await using var desk = new Desk(kind);
        await desk.CloseAsync(files);
        var writer = await desk.Journal.OpenWriterAsync(Made);
        await writer.AppendAsync(
            new(desk.Bench.Clock.GetUtcNow(), new SceneFact.StripQuarantined(new(1, 1), 3, "poison")));
        Assert.Equal("released", (await desk.OrderAsync(new SceneOrder.Release(1))).Reason);
        Assert.Equal((2, 100.0), await desk.Bench.Events.ClosedAsync("made") is var again
            ? (again.Revision, again.CompletenessPercent) : default);
    }

    [Fact]
    public async Task A_scene_that_nobody_knows_is_not_opened_for_an_order()
    {
        await using var desk = new Desk(kind);
        Assert.Equal("unknown-scene", (await desk.OrderAsync(new SceneOrder.Reprocess())).Reason);
        Assert.Equal(0, desk.Bench.Figures.OpenScenes);
    }

    private static string Text(OutgoingMessage message) => System.Text.Encoding.UTF8.GetString(message.Payload.Span);

    private sealed class Desk : IAsyncDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Desk(RuntimeKind kind, RecordedEvents? events = null)
        {
            Journal = SqliteJournal.Open(new() { Path = _folder["journal.db"] }, TimeProvider.System);
            var identity = Identity.Of(StationId.Parse("no-test"), "0");
            Bench = new Workbench(kind, Small, events: events, journal: Journal,
                    messages: new SceneMessages(identity, TimeProvider.System, _ => { }));
        }

        public SqliteJournal Journal { get; }

        public Workbench Bench { get; }

        public async Task<Domain.Products.SceneOutcome> CloseAsync(StripFiles files)
        {
            foreach (var index in Enumerable.Range(0, 3))
            {
                await Bench.Runtime.DeliverAsync(
                    files.Delivery(MadeImagery.SixBands, 3, index), CancellationToken.None);
            }

            var outcome = await Bench.Events.ClosedAsync("made");
            Bench.Events.Forget("made");
            return outcome;
        }

        /// <summary>The one strip comes, again if need be, and the scene breaks on it.</summary>
        public async Task FailAsync(StripFiles files)
        {
            await Bench.Runtime.DeliverAsync(files.Delivery(MadeImagery.SixBands, 1, 0), CancellationToken.None);
            await Assert.ThrowsAsync<InvalidOperationException>(() => Bench.Events.ClosedAsync("made"));
            Bench.Events.Forget("made");
        }

        public async ValueTask<SceneOrderOutcome> OrderAsync(SceneOrder order) =>
            await Bench.Runtime.OrderAsync(Made, order, CancellationToken.None).AsTask()
                .WaitAsync(TimeSpan.FromSeconds(60));

        public async Task<OutgoingMessage[]> MessagesAsync() =>
            [.. (await Journal.Outbox.ReadAsync(0, 1000, 1 << 30)).Select(entry => entry.Message)];

        public async ValueTask DisposeAsync()
        {
            await Bench.DisposeAsync();
            await Journal.DisposeAsync();
            _folder.Dispose();
        }
    }
}
