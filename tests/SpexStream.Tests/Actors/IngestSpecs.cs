using Akka.Actor;
using SpexStream.Actors.Ingest;
using SpexStream.Actors.Scenes;
using SpexStream.Domain.Identity;
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

    [Theory]
    [InlineData("made", "made")]
    [InlineData("other", "other")]
    public void A_message_finds_the_entity_of_its_scene(string scene, string entity) =>
        Assert.Equal(entity, new SceneMessageExtractor().EntityId(new WakeScene(SceneId.Parse(scene))));

    [Fact]
    public void What_is_for_no_scene_has_no_entity() => Assert.Null(new SceneMessageExtractor().EntityId("made"));

    private (Akka.TestKit.TestProbe Region, TaskCompletionSource<SceneAnswer> Answer) Ask(
        TimeSpan patience, out IActorRef ingest)
    {
        var region = CreateTestProbe();
        ingest = Sys.ActorOf(IngestActor.Props(region, patience));
        var answer = new TaskCompletionSource<SceneAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        ingest.Tell(new AskScene(new StripDelivered(new(1, 2), SampleMail.Full), answer));
        return (region, answer);
    }
}
