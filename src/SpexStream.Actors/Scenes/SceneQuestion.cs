using Akka.Actor;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Actors.Scenes;

/// <summary>A question that has no answer yet, and how far it has come. Belongs to the scene's actor.</summary>
internal sealed class SceneQuestion(SceneAsk ask, IActorRef asker) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _turn;
    private Task? _outcome;

    public SceneAsk Ask => ask;

    /// <summary>Who gets the answer; another one when the question was sent again.</summary>
    public IActorRef Asker { get; set; } = asker;

    /// <summary>Requested when it is answered, or nobody waits any more.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Whether it waits for admission, or has it.</summary>
    public bool IsOnItsWay { get; private set; }

    /// <summary>Whether it lies in the inbox of the scene, or is being handled.</summary>
    public bool IsIn => _turn is not null;

    /// <summary>Whether the scene has answered it, and the answer is on its way to the actor.</summary>
    public bool IsAnswered => _outcome is { IsCompletedSuccessfully: true };

    /// <summary>Sets out for admission.</summary>
    public void SetOut() => IsOnItsWay = true;

    /// <summary>It was admitted.</summary>
    /// <param name="turn">What it holds until it is answered.</param>
    public void Enter(IDisposable turn) => _turn = turn;

    /// <summary>The life of the scene that it was for is over: it begins once more.</summary>
    public void StartOver()
    {
        _turn?.Dispose();
        (_turn, _outcome, IsOnItsWay) = (null, null, false);
    }

    /// <summary>The message for the scene, and the answer once there is one; null: the scene did not come to
    /// it.</summary>
    public (ISceneMessage Message, Task<SceneAnswer?> Answer) Put()
    {
        switch (ask)
        {
            case StripDelivered strip:
                var outcome = Source<DeliveryOutcome?>();
                _outcome = outcome.Task;
                return (new SceneRequest.Deliver(strip.Delivery, outcome), AnswerAsync(outcome.Task, Decided));
            case OrderScene order:
                var ordered = Source<SceneOrderOutcome?>();
                _outcome = ordered.Task;
                return (new SceneRequest.Order(order.What, ordered), AnswerAsync(ordered.Task, Decided));
            default:
                var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _outcome = read.Task;
                return (new SceneRequest.EndPass(((EndPass)ask).End, read), NotedAsync(read.Task));
        }
    }

    /// <summary>Lets go of what it holds, and gives up what it waits for.</summary>
    public void Dispose()
    {
        StartOver();
        _stop.Cancel();
        _stop.Dispose();
    }

    private SceneAnswer? Decided(DeliveryOutcome? outcome) =>
        outcome is null ? null : new StripDecided(ask.Id, outcome);

    private SceneAnswer? Decided(SceneOrderOutcome? outcome) =>
        outcome is null ? null : new OrderDecided(ask.Id, outcome);

    private async Task<SceneAnswer?> NotedAsync(Task read)
    {
        await read;
        return new PassNoted(ask.Id);
    }

    private static async Task<SceneAnswer?> AnswerAsync<T>(Task<T> outcome, Func<T, SceneAnswer?> answer) =>
        answer(await outcome);

    private static TaskCompletionSource<T> Source<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
