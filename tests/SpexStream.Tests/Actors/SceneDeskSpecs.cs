using SpexStream.Actors.Scenes;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using Xunit;

namespace SpexStream.Tests.Actors;

/// <summary>The questions to a scene that wait for their answers.</summary>
public sealed class SceneDeskSpecs : ActorSpec
{
    private static readonly SceneOrderOutcome Done = new(true, "abandoned", "Given up.");

    [Fact]
    public async Task A_question_whose_answer_is_on_its_way_is_told_nothing_else_and_waited_for()
    {
        var (asker, self) = (CreateTestProbe(), CreateTestProbe());
        var desk = new SceneDesk(new SceneBoard(1));
        foreach (var number in new[] { 1, 2 })
        {
            desk.Keep(Order(number), asker);
        }

        var (message, _) = desk.Find(Id(1))!.Put();
        ((SceneRequest.Order)message).Outcome.SetResult(Done);
        desk.AnswerAll(question => new AskAgain(question.Ask.Id), self);
        Assert.Equal(Id(2), (await asker.ExpectMsgAsync<AskAgain>()).Id);
        await asker.ExpectNoMsgAsync(TimeSpan.Zero);
        Assert.False(desk.IsEmpty);

        desk.Answer(new OrderDecided(Id(1), Done), self);
        Assert.Equal(Id(1), (await asker.ExpectMsgAsync<OrderDecided>()).Id);
        Assert.True(desk.IsEmpty);
    }

    private static RequestId Id(long number) => new(7, number);

    private static OrderScene Order(long number) =>
        new(Id(number), SampleMail.Full.Scene.Id, new SceneOrder.Abandon());
}
