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

    // It goes on by itself, but nobody can say when.
    private void AnswerRecalled()
    {
        _isWoken |= _desk.HasRecall;
        _desk.AnswerRecalled(Self);
    }

    private void Open()
    {
        _stopOpening.Dispose();
        _stopOpening = new();
        _reason = _desk.Reason;
        var (life, scene, reason, self, stop) = (_life, _scene, _reason, Self, _stopOpening.Token);
        _opening = _tools.Opener.OpenAsync(
            scene, reason, self, () => self.Tell(new WaitsForPlace(life)), stop, _leaving.Token);
        _opening.PipeTo(
            self, success: opened => new OpeningDone(life, opened), failure: fault => new OpeningBroke(life, fault));
        Become(Opening);
    }

    private void OnOpened(OpenedScene? opened)
    {
        _open = opened;
        var woken = _isWoken;
        _isWoken = false;
        if (opened is null)
        {
            _desk.AnswerUnknown(_reason, Self);
            Reconsider();
        }
        else if (_mustLeave)
        {
            End();
        }
        else
        {
            _log.Debug("Scene {0} is open{1}", _scene, woken ? ", for it was woken" : "");
            SetOut();
            if (_desk.IsEmpty && opened.Entity.IsOver)
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
        _inbox.Clear();
        _isWoken = false;
        if (fault is OperationCanceledException)
        {
            if (_stopOpening.IsCancellationRequested)
            {
                // Nobody waits any more.
                Reconsider();
            }
            else
            {
                // The node ends; as long as it does not let its scenes go, they are not opened again and again.
                Rest(fault);
            }

            return;
        }

        if (fault is StaleEpochException)
        {
            _log.Warning("Scene {0} was taken by another node while it was opened", _scene);
        }
        else
        {
            // What cannot be read is tried for ever, and told once.
            _log.Log(
                fault is JournalDamagedException && _failures > 0 ? LogLevel.DebugLevel : LogLevel.ErrorLevel, fault,
                "Scene {0} could not be opened", _scene);
        }

        _desk.AnswerAll(question => Broke(question, fault), Self);
        Rest(fault);
    }

    private void SetOut()
    {
        _desk.AnswerRecalled(Self);
        var life = _life;
        foreach (var question in _desk.SetOut())
        {
            var (id, ask, stop) = (question.Ask.Id, question.Ask, question.Stop);
            _tools.AdmitAsync(ask, stop).PipeTo(
                Self, success: turn => new Admitted(life, id, turn),
                failure: fault => new AdmissionBroke(life, id, fault));
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

        var (life, entity) = (_life, _open!.Entity);
        var message = next is SceneSaid said ? Take(said) : Put((SceneQuestion)next);
        // One after the other: the next one is handed over when this one is done. On the pool, for it computes before
        // it first waits, and this thread is the mailbox's.
        _handling = Task.Run(() => entity.HandleAsync(message).AsTask(), CancellationToken.None);
        _handling.PipeTo(
            Self, success: () => new HandlingDone(life), failure: fault => new HandlingBroke(life, fault));
        Become(Handling);
    }

    private static Domain.Ports.Pipeline.ISceneMessage Take(SceneSaid said)
    {
        said.Mailbox.Read();
        return said.Message;
    }

    private Domain.Ports.Pipeline.ISceneMessage Put(SceneQuestion question)
    {
        var (life, id) = (_life, question.Ask.Id);
        var (message, answer) = question.Put();
        answer.PipeTo(
            Self, success: said => new Answered(life, id, said ?? new AskAgain(id)),
            failure: fault => new AnswerBroke(life, id, fault));
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
            if (rest is SceneQuestion question)
            {
                _desk.Answer(Broke(question, fault), Self);
            }
        }

        var life = _life;
        _open.BreakAsync(fault).PipeTo(
            Self, success: () => new EndingDone(life, fault),
            failure: second => new EndingDone(life, second, IsUntold: true));
        Become(Ending);
    }

    private void End(StaleEpochException? robbed = null)
    {
        _inbox.Clear();
        _desk.StartOver();
        var life = _life;
        _open!.DisposeAsync().AsTask().PipeTo(
            Self, success: () => new EndingDone(life, robbed),
            failure: fault => new EndingDone(life, fault, IsUntold: true));
        Become(Ending);
    }

    private void OnEnded(EndingDone ended)
    {
        var fault = ended.Fault;
        if (ended.IsUntold)
        {
            _log.Error(fault, "Scene {0} did not end well", _scene);
        }

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
        else if (_desk.NeedsScene || _isWoken)
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
        if (_desk.IsEmpty)
        {
            Context.Stop(Self);
        }
        else
        {
            Become(Leaving);
        }
    }
}
