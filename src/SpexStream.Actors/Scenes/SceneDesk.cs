using Akka.Actor;
using SpexStream.Domain.Scenes;

namespace SpexStream.Actors.Scenes;

/// <summary>
/// The questions to one scene that have no answer yet. As many as their askers have strips unsettled: every asker
/// bounds its own. Belongs to the scene's actor.
/// </summary>
internal sealed class SceneDesk(SceneBoard board)
{
    private readonly Dictionary<RequestId, SceneQuestion> _open = [];
    private int _waitingStrips;

    public bool IsEmpty => _open.Count == 0;

    /// <summary>Whether some question needs the scene; one whose answer is on its way does not.</summary>
    public bool NeedsScene => _open.Values.Any(question => !question.IsAnswered);

    /// <summary>What the scene is to be opened for.</summary>
    public OpeningReason Reason =>
        _open.Values.Select(ReasonOf).DefaultIfEmpty(OpeningReason.GoesOn).Max();

    /// <summary>Keeps a question; one that is here already was only sent again.</summary>
    public void Keep(SceneAsk ask, IActorRef asker)
    {
        if (_open.TryGetValue(ask.Id, out var known))
        {
            known.Asker = asker;
            return;
        }

        _open.Add(ask.Id, new SceneQuestion(ask, asker));
        Count();
    }

    public SceneQuestion? Find(RequestId id) => _open.GetValueOrDefault(id);

    /// <summary>The questions that have not set out yet, in the order in which they came.</summary>
    public SceneQuestion[] SetOut()
    {
        var waiting = _open.Values.Where(question => !question.IsOnItsWay).ToArray();
        Array.ForEach(waiting, question => question.SetOut());
        Count();
        return waiting;
    }

    /// <summary>Forgets a question that nobody waits for, unless the scene has it already.</summary>
    public void Withdraw(RequestId id)
    {
        if (_open.TryGetValue(id, out var question) && !question.IsIn)
        {
            Remove(question);
        }
    }

    /// <summary>Answers a question.</summary>
    public void Answer(SceneAnswer answer, IActorRef self)
    {
        if (_open.TryGetValue(answer.Id, out var question))
        {
            question.Asker.Tell(answer, self);
            Remove(question);
        }
    }

    /// <summary>Answers all questions, of those that are as wanted. One that the scene has answered gets that answer,
    /// which is on its way: told anything else, whoever asked would ask once more for what is done.</summary>
    public void AnswerAll(Func<SceneQuestion, SceneAnswer?> answer, IActorRef self)
    {
        foreach (var question in _open.Values.Where(question => !question.IsAnswered).ToArray())
        {
            if (answer(question) is { } said)
            {
                Answer(said, self);
            }
        }
    }

    /// <summary>There was nothing to open. Answers those that this was asked for; the journal was not asked what the
    /// others want to know, which came meanwhile.</summary>
    public void AnswerUnknown(OpeningReason reason, IActorRef self) => AnswerAll(
        question => question.Ask switch
        {
            _ when ReasonOf(question) > reason => null,
            EndPass end => new PassNoted(end.Id),
            OrderScene order => new OrderDecided(order.Id, SceneOrderOutcome.Unknown),
            RecallScene recall => new SceneRecalled(recall.Id),
            _ => null,
        },
        self);

    /// <summary>The scene is open: who asked for nothing else is answered.</summary>
    public void AnswerRecalled(IActorRef self) => AnswerAll(
        question => question.Ask is RecallScene recall ? new SceneRecalled(recall.Id) : null, self);

    /// <summary>Whether somebody waits for the scene to be at work, and for nothing else.</summary>
    public bool HasRecall => _open.Values.Any(question => question.Ask is RecallScene);

    /// <summary>A life of the scene is over: what it did not come to begins once more.</summary>
    public void StartOver()
    {
        foreach (var question in _open.Values.Where(question => question.IsIn && !question.IsAnswered))
        {
            question.StartOver();
        }

        Count();
    }

    /// <summary>A question was admitted while its scene is not open: it sets out once more when it is.</summary>
    public void StartOver(RequestId id)
    {
        Find(id)?.StartOver();
        Count();
    }

    /// <summary>Forgets everything; nobody is answered.</summary>
    public void Clear()
    {
        foreach (var question in _open.Values.ToArray())
        {
            Remove(question);
        }
    }

    private static OpeningReason ReasonOf(SceneQuestion question) => question.Ask switch
    {
        StripDelivered => OpeningReason.HasStrip,
        OrderScene => OpeningReason.IsKnown,
        _ => OpeningReason.GoesOn,
    };

    private void Remove(SceneQuestion question)
    {
        _open.Remove(question.Ask.Id);
        question.Dispose();
        Count();
    }

    private void Count()
    {
        var waiting = _open.Values.Count(question => !question.IsOnItsWay && question.Ask is StripDelivered);
        board.StripsWait(waiting - _waitingStrips);
        _waitingStrips = waiting;
    }
}
