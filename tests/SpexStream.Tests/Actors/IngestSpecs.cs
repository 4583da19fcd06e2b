using Akka.Actor;
using SpexStream.Actors.Ingest;
using SpexStream.Actors.Scenes;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>Questions to scenes that may move while they are asked.</summary>
public sealed class IngestSpecs : ActorSpec
{
    [Fact]
    public async Task A_question_is_sent_again_until_it_is_answered_and_an_answer_counts_once()
    {
        var (region, answer) = Ask(TimeSpan.FromMilliseconds(100), out var ingest);
        var first = await region.ExpectMsgAsync<StripDelivered>();
        var second = await region.ExpectMsgAsync<StripDelivered>();
        Assert.Equal(first.Id, second.Id);
        ingest.Tell(new StripDecided(first.Id, new DeliveryOutcome.Accepted()), region);
        ingest.Tell(new StripDecided(first.Id, new DeliveryOutcome.Duplicate()), region);
        var decided = Assert.IsType<StripDecided>(await answer.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.IsType<DeliveryOutcome.Accepted>(decided.Outcome);
        // Repeats may have been on their way when the answer came; then there is silence.
        while (region.HasMessages)
        {
            await region.ExpectMsgAsync<StripDelivered>();
        }

        await region.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task An_entity_that_leaves_is_asked_again_at_once()
    {
        var (region, _) = Ask(TimeSpan.FromHours(1), out var ingest);
        var first = await region.ExpectMsgAsync<StripDelivered>();
        ingest.Tell(new AskAgain(first.Id), region);
        Assert.Equal(first.Id, (await region.ExpectMsgAsync<StripDelivered>()).Id);
    }

    [Fact]
    public async Task A_question_that_nobody_waits_for_is_withdrawn()
    {
        var (region, _) = Ask(TimeSpan.FromHours(1), out var ingest);
        var asked = await region.ExpectMsgAsync<StripDelivered>();
        var withdrawal = new WithdrawAsk(asked.Id, asked.Scene);
        ingest.Tell(new GiveUpAsk(withdrawal));
        Assert.Equal(withdrawal, await region.ExpectMsgAsync<WithdrawAsk>());
    }

    [Fact]
    public async Task A_question_is_not_sent_again_before_its_own_patience_is_over()
    {
        var patience = TimeSpan.FromMilliseconds(1200);
        var (region, _) = Ask(patience, out var ingest);
        await region.ExpectMsgAsync<StripDelivered>();
        // Half of the patience is over when the second one comes: it has all of its own before it.
        await region.ExpectNoMsgAsync(patience / 2);
        var begun = Sys.Scheduler.MonotonicClock;
        ingest.Tell(new AskScene(new RecallScene(new(1, 3), SampleMail.Full.Scene.Id), new()));
        await region.ExpectMsgAsync<RecallScene>();
        await region.FishForMessageAsync(message => message is RecallScene);
        Assert.InRange(Sys.Scheduler.MonotonicClock - begun, patience * 0.99, patience * 100);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_fault_of_the_journal_is_an_answer_only_where_nobody_else_could_own_the_scene(bool asksOn)
    {
        var (region, answer) = Ask(TimeSpan.FromMilliseconds(100), out var ingest, asksOn);
        var first = await region.ExpectMsgAsync<StripDelivered>();
        var broke = new SceneBroke(first.Id, "JournalUnavailableException", "gone") { IsOfJournal = true };
        ingest.Tell(broke, region);
        if (asksOn)
        {
            await region.ExpectMsgAsync<StripDelivered>();
            Assert.False(answer.Task.IsCompleted);
        }
        else
        {
            Assert.Equal(broke, await answer.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        }
    }

    [Fact]
    public async Task A_fault_of_the_journal_behind_a_scene_is_one_for_who_asks_so_that_nothing_is_acknowledged()
    {
        var region = CreateTestProbe();
        var ingest = Sys.ActorOf(IngestActor.Props(region, TimeSpan.FromHours(1), asksOn: false));
        var asking = new SceneClient(ingest, 1, 1).AskAsync(
            id => new StripDelivered(id, SampleMail.Full), CancellationToken.None);
        var asked = await region.ExpectMsgAsync<StripDelivered>();
        ingest.Tell(new SceneBroke(asked.Id, "JournalFullException", "gone") { IsOfJournal = true }, region);
        var fault = await Assert.ThrowsAnyAsync<JournalException>(() => asking);
        Assert.Equal("gone", fault.Message);
    }

    [Theory]
    [InlineData(nameof(JournalDamagedException))]
    [InlineData(nameof(JournalNewerException))]
    public async Task A_scene_that_its_node_cannot_read_is_not_asked_for_ever(string fault)
    {
        var region = CreateTestProbe();
        var ingest = Sys.ActorOf(IngestActor.Props(region, TimeSpan.FromHours(1), asksOn: true));
        var asking = new SceneClient(ingest, 1, 1).AskAsync(
            id => new StripDelivered(id, SampleMail.Full), CancellationToken.None);
        var asked = await region.ExpectMsgAsync<StripDelivered>();
        ingest.Tell(new SceneBroke(asked.Id, fault, "fact 2 is not what was written") { IsOfJournal = true }, region);
        var damage = await Assert.ThrowsAsync<JournalDamagedException>(
            () => asking.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal("fact 2 is not what was written", damage.Message);
    }

    [Theory]
    [InlineData("made", "made")]
    [InlineData("other", "other")]
    public void A_message_finds_the_entity_of_its_scene(string scene, string entity) =>
        Assert.Equal(entity, new SceneMessageExtractor().EntityId(new WakeScene(SceneId.Parse(scene))));

    [Fact]
    public void What_is_for_no_scene_has_no_entity() => Assert.Null(new SceneMessageExtractor().EntityId("made"));

    private (Akka.TestKit.TestProbe Region, TaskCompletionSource<SceneAnswer> Answer) Ask(
        TimeSpan patience, out IActorRef ingest, bool asksOn = true)
    {
        var region = CreateTestProbe();
        ingest = Sys.ActorOf(IngestActor.Props(region, patience, asksOn));
        var answer = new TaskCompletionSource<SceneAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        ingest.Tell(new AskScene(new StripDelivered(new(1, 2), SampleMail.Full), answer));
        return (region, answer);
    }
}
