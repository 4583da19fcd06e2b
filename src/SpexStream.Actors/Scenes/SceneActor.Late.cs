using Akka.Event;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Actors.Scenes;

/// <summary>What comes too late, and what is left behind.</summary>
internal sealed partial class SceneActor
{
    // A scene that another node has taken over is asked there; its own fault is told to who asked.
    private static SceneAnswer Broke(SceneQuestion question, Exception fault) => fault is StaleEpochException
        ? new AskAgain(question.Ask.Id)
        : new SceneBroke(question.Ask.Id, fault.GetType().Name, fault.Message)
        {
            IsOfJournal = fault is JournalException,
        };

    // What any state may still get: answers, and what came too late for the life that it was for.
    private void Late(object message)
    {
        switch (message)
        {
            case Answered answered:
                _desk.Answer(answered.Answer, Self);
                break;
            case AnswerBroke broke when broke.Fault is OperationCanceledException
                && _open?.IsLost(broke.Fault) != false:
                // The node leaves its scenes; who asked comes again, elsewhere or later.
                break;
            case AnswerBroke broke when _desk.Find(broke.Id) is { } question:
                _desk.Answer(Broke(question, broke.Fault), Self);
                break;
            case Admitted admitted:
                admitted.Turn.Dispose();
                _desk.StartOver(admitted.Id);
                break;
            case AdmissionBroke broke when _desk.Find(broke.Id) is { } question
                && broke.Fault is not OperationCanceledException:
                _desk.Answer(Broke(question, broke.Fault), Self);
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

    // Whatever came of an earlier life: the scene that it opened is ended by that life itself.
    private static bool Forget(Own own)
    {
        (own as Admitted)?.Turn.Dispose();
        return true;
    }

    // The actor was stopped in the middle: what it had begun is ended by itself.
    private static async Task LeaveBehindAsync(
        Task<OpenedScene?> opening, Task handling, OpenedScene? open, SceneId scene, ILoggingAdapter log)
    {
        open?.Leave();
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await handling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var left in new[] { open, opening.IsCompletedSuccessfully ? await opening : null })
        {
            try
            {
                await (left?.DisposeAsync() ?? ValueTask.CompletedTask);
            }
            catch (Exception fault)
            {
                // The top of an end that nobody waits for: the scene is another's by now.
                log.Warning(fault, "Scene {0} was left behind and did not end well", scene);
            }
        }
    }
}
