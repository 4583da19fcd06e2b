using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit;
using SpexStream.Actors.Scenes;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Scenes;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>The entity of a scene between who asks, its shard, and works that do as they are told.</summary>
public sealed class SceneActorSpecs : ActorSpec
{
    private static readonly SceneId Scene = SampleMail.Full.Scene.Id;
    private readonly ScriptedWorks _works = new();
    private readonly SceneBoard _board = new(1);
    private readonly TestProbe _asker;
    private readonly TestProbe _shard;
    private readonly IActorRef _scene;

    public SceneActorSpecs()
    {
        (_asker, _shard) = (CreateTestProbe(), CreateTestProbe());
        var tools = new SceneActorTools(_works, _board)
        {
            Rest = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
        };
        _scene = _shard.ChildActorOf(
            SceneActor.Props(Scene, tools), "scene", new OneForOneStrategy(_ => Directive.Restart));
    }

    [Fact]
    public async Task A_strip_opens_its_scene_and_is_answered_once_also_when_it_is_sent_twice()
    {
        var held = new TaskCompletionSource();
        _works.OnRecall = _ => held.Task;
        var strip = Strip(1);
        Ask(strip);
        Ask(strip);
        held.SetResult();
        Assert.IsType<DeliveryOutcome.Accepted>((await AnswerAsync<StripDecided>(1)).Outcome);
        await _asker.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        Assert.Equal(1, Assert.Single(_works.Scenes).Handled);
        await TurnsAreBackAsync();
    }

    [Fact]
    public async Task What_devices_answer_while_a_scene_is_recalled_is_handed_over_when_it_stands()
    {
        _works.OnRecall = scene =>
        {
            if (_works.Scenes.Count == 1)
            {
                // Of a life that did not come to be: the next one does not hear of it.
                scene.Mailbox.Answer(new SceneMessage.Tick());
                throw new JournalBusyException("away");
            }

            scene.Mailbox.Answer(new SceneMessage.TryAssembly());
            scene.Mailbox.Answer(new SceneMessage.Tick());
            return Task.CompletedTask;
        };
        var handled = new ConcurrentQueue<ISceneMessage>();
        _works.OnHandle = (_, message) =>
        {
            handled.Enqueue(message);
            return Task.CompletedTask;
        };
        Ask(Strip(1));
        await AnswerAsync<SceneBroke>(1);
        Ask(Strip(2));
        await AnswerAsync<StripDecided>(2);
        Assert.Equal(
            [typeof(SceneMessage.TryAssembly), typeof(SceneMessage.Tick), typeof(SceneRequest.Deliver)],
            handled.Select(message => message.GetType()));
    }

    [Fact]
    public async Task A_turn_that_comes_when_the_scene_has_left_is_given_back()
    {
        var (asked, late) = (Source(), Source());
        _works.BeforeTurn = () =>
        {
            asked.TrySetResult();
            return late.Task;
        };
        Ask(Strip(1));
        await asked.Task.WaitAsync(RemainingOrDefault);
        Watch(_scene);
        _scene.Tell(StopScene.Instance);
        await AnswerAsync<AskAgain>(1);
        await ExpectTerminatedAsync(_scene);
        late.SetResult();
        await AwaitAssertAsync(() => Assert.Equal(1, _works.TurnsGiven));
        await TurnsAreBackAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_scene_that_must_leave_while_it_is_opened_lets_nobody_set_out(bool asksForEver)
    {
        var (begun, held) = (Source(), Source());
        _works.OnRecall = scene =>
        {
            begun.SetResult();
            return held.Task.WaitAsync(asksForEver ? scene.Ended : default);
        };
        var asked = false;
        _works.BeforeTurn = () =>
        {
            asked = true;
            return Task.CompletedTask;
        };
        Ask(Strip(1));
        await begun.Task.WaitAsync(RemainingOrDefault);
        _scene.Tell(StopScene.Instance);
        if (!asksForEver)
        {
            held.SetResult();
        }

        await AnswerAsync<AskAgain>(1);
        Assert.False(asked);
        Assert.Equal(1, Assert.Single(_works.Scenes).Disposals);
    }

    [Fact]
    public async Task An_order_that_comes_while_it_is_asked_whether_a_closed_scene_goes_on_is_carried_out()
    {
        _works.Script.Know(Scene, SceneStanding.Published);
        var (begun, held) = (Source(), Source());
        _works.Script.BeforeFind = () =>
        {
            begun.TrySetResult();
            return held.Task;
        };
        Ask(new EndPass(Id(1), new PassEnd(Scene, 3)));
        await begun.Task.WaitAsync(RemainingOrDefault);
        Ask(new OrderScene(Id(2), Scene, new SceneOrder.Retract()));
        held.SetResult();
        await AnswerAsync<PassNoted>(1);
        Assert.True((await AnswerAsync<OrderDecided>(2)).Outcome.IsDone);
    }

    [Fact]
    public async Task An_order_for_a_scene_that_nobody_knows_is_answered_so()
    {
        Ask(new OrderScene(Id(1), Scene, new SceneOrder.Retract()));
        Assert.Equal(SceneOrderOutcome.Unknown, (await AnswerAsync<OrderDecided>(1)).Outcome);
        Assert.IsType<StopScene>((await _shard.ExpectMsgAsync<Passivate>()).StopMessage);
        Assert.Empty(_works.Scenes);
    }

    [Fact]
    public async Task Nobody_waits_for_the_recall_of_a_scene_that_waits_for_a_place_and_it_is_opened_all_the_same()
    {
        _works.Script.Know(Scene, SceneStanding.Open);
        var other = await _board.EnterAsync(SceneId.Parse("other"), CancellationToken.None);
        Ask(new RecallScene(Id(1), Scene));
        await AnswerAsync<SceneRecalled>(1);
        Ask(new RecallScene(Id(2), Scene));
        await AnswerAsync<SceneRecalled>(2);
        Assert.Empty(_works.Scenes);
        other.Dispose();
        Ask(Strip(3));
        await AnswerAsync<StripDecided>(3);
        Assert.Single(_works.Scenes);
    }

    [Fact]
    public async Task What_an_earlier_life_of_the_actor_opened_is_not_worked_with_after_its_restart()
    {
        var (begun, held) = (Source(), Source());
        _works.OnRecall = scene =>
        {
            begun.TrySetResult();
            return _works.Scenes.First() == scene ? held.Task : Task.CompletedTask;
        };
        Ask(Strip(1));
        await begun.Task.WaitAsync(RemainingOrDefault);
        // A life that ends as a fault in a handler would end it; then the question is asked again.
        _scene.Tell(Kill.Instance);
        Ask(Strip(2));
        held.SetResult();
        await AnswerAsync<StripDecided>(2);
        Assert.Equal(2, _works.Scenes.Count);
        var (first, second) = (_works.Scenes.First(), _works.Scenes.Last());
        Assert.Equal((0, 1), (first.Handled, first.Disposals));
        Assert.Equal((1, 0), (second.Handled, second.Disposals));
    }

    [Fact]
    public async Task A_fault_of_the_journal_is_told_as_one_and_the_scene_is_taken_up_again()
    {
        _works.OnHandle = (scene, _) => _works.Scenes.First() == scene
            ? Task.FromException(new JournalUnavailableException("the disk is gone")) : Task.CompletedTask;
        _works.Script.Know(Scene, SceneStanding.Open);
        Ask(Strip(1));
        var broke = await AnswerAsync<SceneBroke>(1);
        Assert.True(broke.IsOfJournal);
        Assert.Equal("the disk is gone", broke.Sentence);
        Ask(Strip(2));
        await AnswerAsync<StripDecided>(2);
        await TurnsAreBackAsync();
    }

    [Fact]
    public async Task A_fault_of_the_scene_is_none_of_the_journal()
    {
        _works.OnHandle = (_, _) => Task.FromException(new InvalidOperationException("no idea"));
        Ask(Strip(1));
        Assert.False((await AnswerAsync<SceneBroke>(1)).IsOfJournal);
        Assert.IsType<InvalidOperationException>(_works.Scenes.First().Failed);
    }

    [Fact]
    public async Task A_scene_that_another_node_has_taken_is_asked_there()
    {
        _works.OnHandle = (_, _) => Task.FromException(new StaleEpochException(Scene, 1, 2));
        Ask(Strip(1));
        // It rests for long, for two that take turns would both get nowhere.
        await AwaitAssertAsync(() => Assert.Equal(1, Assert.Single(_works.Scenes).Disposals));
        _scene.Tell(StopScene.Instance);
        await AnswerAsync<AskAgain>(1);
        Assert.Null(_works.Scenes.First().Failed);
    }

    [Fact]
    public async Task An_answer_that_somebody_cancels_who_is_not_the_node_is_a_fault_that_is_told()
    {
        _works.OnHandle = (_, message) =>
        {
            ((SceneRequest.Deliver)message).Outcome.TrySetCanceled();
            return Task.CompletedTask;
        };
        Ask(Strip(1));
        await AnswerAsync<SceneBroke>(1);
        await TurnsAreBackAsync();
    }

    [Fact]
    public async Task A_scene_that_is_over_says_so_to_its_shard_and_leaves_when_it_is_let_go()
    {
        _works.OnHandle = (scene, _) =>
        {
            scene.IsOver = true;
            return Task.CompletedTask;
        };
        Ask(Strip(1));
        await AnswerAsync<StripDecided>(1);
        var stop = (await _shard.ExpectMsgAsync<Passivate>()).StopMessage;
        // What comes before it is let go is not lost: it is asked again, of the next one.
        Ask(Strip(2));
        Watch(_scene);
        _scene.Tell(stop);
        await AnswerAsync<AskAgain>(2);
        await ExpectTerminatedAsync(_scene);
        Assert.Equal(1, Assert.Single(_works.Scenes).Disposals);
        Assert.Empty(_board.Taken);
    }

    [Fact]
    public async Task A_question_that_is_withdrawn_while_its_scene_waits_for_a_place_opens_nothing()
    {
        using var other = await _board.EnterAsync(SceneId.Parse("other"), CancellationToken.None);
        Ask(Strip(1));
        await AwaitAssertAsync(() => Assert.Equal(1, _board.WaitingStrips));
        _scene.Tell(new WithdrawAsk(Id(1), Scene));
        await _shard.ExpectMsgAsync<Passivate>();
        Assert.Equal(0, _board.WaitingStrips);
        Assert.Empty(_works.Scenes);
    }

    private static RequestId Id(long number) => new(7, number);

    private static StripDelivered Strip(long number) => new(Id(number), SampleMail.Full);

    private static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Ask(SceneAsk ask) => _scene.Tell(ask, _asker);

    private async Task<T> AnswerAsync<T>(long number)
        where T : SceneAnswer
    {
        var answer = await _asker.ExpectMsgAsync<T>();
        Assert.Equal(Id(number), answer.Id);
        return answer;
    }

    private Task TurnsAreBackAsync() => AwaitAssertAsync(() => Assert.Equal(0, _works.TurnsOut));
}
