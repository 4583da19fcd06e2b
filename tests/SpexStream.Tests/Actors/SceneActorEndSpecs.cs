using Akka.Actor;
using SpexStream.Actors.Scenes;
using SpexStream.Domain.Identity;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>The entity of a scene on a node that ends.</summary>
public sealed class SceneActorEndSpecs : ActorSpec
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_scene_that_somebody_waits_for_is_not_opened_again_and_again()
    {
        var works = new ScriptedWorks { OnRecall = _ => Task.FromException(new OperationCanceledException()) };
        var (asker, shard) = (CreateTestProbe(), CreateTestProbe());
        var tools = new SceneActorTools(works, new SceneBoard(1)) { Rest = new(Long, Long) };
        var scene = shard.ChildActorOf(
            SceneActor.Props(SampleMail.Full.Scene.Id, tools), "scene",
            new OneForOneStrategy(_ => Directive.Restart));
        await works.AbandonAsync();
        scene.Tell(new StripDelivered(new RequestId(7, 1), SampleMail.Full), asker);
        await AwaitAssertAsync(() => Assert.Equal(1, Assert.Single(works.Scenes).Disposals));
        await asker.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        Assert.Single(works.Scenes);
        scene.Tell(StopScene.Instance);
        await asker.ExpectMsgAsync<AskAgain>();
    }
}
