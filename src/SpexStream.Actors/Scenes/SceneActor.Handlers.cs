using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Actors.Scenes;

/// <summary>What the entity of a scene does.</summary>
internal sealed partial class SceneActor
{
    // What comes while the scene is not open waits for it; nobody waits for what is withdrawn.
    private void Keep(object message)
    {
        if (message is SceneAsk ask)
        {
            _desk.Keep(ask, Sender);
        }
        else
        {
            _desk.Withdraw(((WithdrawAsk)message).Id);
        }
    }

    private void Open()
    {
        _stopOpening.Dispose();
        _stopOpening = new();
        var (scene, reason, self, stop) = (_scene, _desk.Reason, Self, _stopOpening.Token);
        _opening = _tools.Opener.OpenAsync(scene, reason, self, stop);
        _opening.PipeTo(self, success: opened => new OpeningDone(opened), failure: fault => new OpeningBroke(fault));
        Become(Opening);
    }

    private void OnOpened(OpenedScene? opened)
    {
        _open = opened;
        var woken = _isWoken;
        _isWoken = false;
        if (opened is null)
        {
            _desk.AnswerUnknown(Self);
            Reconsider();
        }
        else
        {
            _log.Debug("Scene {0} is open{1}", _scene, woken ? ", for it was woken" : "");
            SetOut();
            if (_mustLeave || (_desk.IsEmpty && opened.Entity.IsOver))
            {
                End();
            }
            else
            {
                HandleNext();
            }
        }
    }

    private void OnOpeningBroke(Exception fault)
    {
        _isWoken = false;
        if (fault is OperationCanceledException)
        {
            // Nobody waits any more, or the node ends.
            Reconsider();
            return;
        }

        if (fault is StaleEpochException)
        {
            _log.Warning("Scene {0} was taken by another node while it was opened", _scene);
        }
        else
        {
            _log.Error(fault, "Scene {0} could not be opened", _scene);
        }

        _desk.AnswerAll(question => Broke(question, fault), Self);
        Rest(fault);
    }

    private void SetOut()
    {
        _desk.AnswerRecalled(Self);
        foreach (var question in _desk.SetOut())
        {
            var (id, ask, stop) = (question.Ask.Id, question.Ask, question.Stop);
            _tools.AdmitAsync(ask, stop).PipeTo(
                Self, success: turn => new Admitted(id, turn), failure: fault => new AdmissionBroke(id, fault));
        }
    }

    // Takes in what comes while the scene is open.
    private void Read(object message)
    {
        switch (message)
        {
            case SceneAsk or WithdrawAsk:
                Keep(message);
                SetOut();
                break;
            case SceneSaid said when said.Mailbox == _open!.Mailbox:
                _inbox.Enqueue(said);
                break;
            case Admitted admitted when _desk.Find(admitted.Id) is { IsIn: false } question:
                question.Enter(admitted.Turn);
                _inbox.Enqueue(question);
                break;
            case StopScene:
                _mustLeave = true;
                _open!.Leave();
                break;
            case WakeScene:
                // It is awake.
                break;
            default:
                Late(message);
                break;
        }
    }

    private void HandleNext()
    {
        if (!_inbox.TryDequeue(out var next))
        {
            Become(Idle);
            return;
        }

        var entity = _open!.Entity;
        var message = next is SceneSaid said ? Take(said) : Put((SceneQuestion)next);
        // One after the other: the next one is handed over when this one is done.
        _handling = Task.Run(() => entity.HandleAsync(message).AsTask(), CancellationToken.None);
        _handling.PipeTo(
            Self, success: () => HandlingDone.Instance, failure: fault => new HandlingBroke(fault));
        Become(Handling);
    }

    private static Domain.Ports.Pipeline.ISceneMessage Take(SceneSaid said)
    {
        said.Mailbox.Read();
        return said.Message;
    }

    private Domain.Ports.Pipeline.ISceneMessage Put(SceneQuestion question)
    {
        var id = question.Ask.Id;
        var (message, answer) = question.Put();
        answer.PipeTo(
            Self, success: said => new Answered(id, said ?? new AskAgain(id)),
            failure: fault => new AnswerBroke(id, fault));
        return message;
    }

    private void OnHandlingBroke(Exception fault)
    {
        if (_open!.IsLost(fault))
        {
            // The node leaves its scenes, or another one has this: what is not done is taken up by the next owner.
            End(fault as StaleEpochException);
            return;
        }

        _log.Error(fault, "Scene {0} broke", _scene);
        while (_inbox.TryDequeue(out var rest))
        {
            if (rest is SceneQuestion question && Broke(question, fault) is { } answer)
            {
                _desk.Answer(answer, Self);
            }
        }

        _open.BreakAsync(fault).PipeTo(
            Self, success: () => new EndingDone(fault), failure: second => new EndingDone(second));
        Become(Ending);
    }

    private void End(StaleEpochException? robbed = null)
    {
        _inbox.Clear();
        _desk.StartOver();
        _open!.DisposeAsync().AsTask().PipeTo(
            Self, success: () => new EndingDone(robbed), failure: fault => new EndingDone(fault));
        Become(Ending);
    }

    private void OnEnded(Exception? fault)
    {
        _open = null;
        if (_mustLeave)
        {
            LeaveNow();
        }
        else if (fault is not null)
        {
            Rest(fault);
        }
        else
        {
            Reconsider();
        }
    }

    private void Rest(Exception fault)
    {
        if (_mustLeave)
        {
            LeaveNow();
            return;
        }

        var robbed = fault is StaleEpochException { Current: not null };
        Timers.StartSingleTimer(
            nameof(Rest), Rested.Instance, robbed ? _tools.Rest.WhenRobbed : _tools.Rest.After(++_failures));
        Become(Resting);
    }

    private void Reconsider()
    {
        if (_mustLeave)
        {
            LeaveNow();
        }
        else if (!_desk.IsEmpty || _isWoken)
        {
            Open();
        }
        else
        {
            Context.Parent.Tell(new Passivate(StopScene.Instance));
            Become(Passivating);
        }
    }

    private void LeaveNow()
    {
        _desk.AnswerAll(question => new AskAgain(question.Ask.Id), Self);
        Context.Stop(Self);
    }

    // A scene that another node has taken over is asked there; its own fault is told to who asked.
    private static SceneAnswer? Broke(SceneQuestion question, Exception fault) => fault is StaleEpochException
        ? new AskAgain(question.Ask.Id)
        : new SceneBroke(question.Ask.Id, fault.GetType().Name, fault.Message);

    // What any state may still get: answers, and what came too late for the life that it was for.
    private void Late(object message)
    {
        switch (message)
        {
            case Answered answered:
                _desk.Answer(answered.Answer, Self);
                break;
            case AnswerBroke broke when broke.Fault is OperationCanceledException:
                // The node leaves its scenes; who asked comes again, elsewhere or later.
                break;
            case AnswerBroke broke when _desk.Find(broke.Id) is { } question:
                _desk.Answer(Broke(question, broke.Fault)!, Self);
                break;
            case Admitted admitted:
                admitted.Turn.Dispose();
                _desk.StartOver(admitted.Id);
                break;
            case AdmissionBroke broke when _desk.Find(broke.Id) is { } question
                && broke.Fault is not OperationCanceledException:
                _desk.Answer(Broke(question, broke.Fault)!, Self);
                break;
            case SceneSaid said:
                said.Mailbox.Read();
                break;
            case AnswerBroke or AdmissionBroke or WithdrawAsk or WakeScene:
                // Nobody waits for it any more, or it comes again.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // The actor was stopped in the middle: what it had begun is ended by itself.
    private static async Task LeaveBehindAsync(Task<OpenedScene?> opening, Task handling, OpenedScene? open)
    {
        open?.Leave();
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await handling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var left in new[] { open, opening.IsCompletedSuccessfully ? await opening : null })
        {
            if (left is not null)
            {
                await left.DisposeAsync();
            }
        }
    }
}
