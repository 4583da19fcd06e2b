using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Tests.Actors;

/// <summary>A scene that does what a test wants, and keeps what it was told.</summary>
internal sealed class ScriptedScene(
    SceneId scene, ScriptedWorks works, ISceneMailbox mailbox, SceneTenure tenure) : ISceneEntity
{
    private readonly List<ISceneMessage> _handled = [];
    private int _disposals;

    public SceneId Scene => scene;

    /// <summary>Where its devices answer.</summary>
    public ISceneMailbox Mailbox => mailbox;

    public bool IsOver { get; set; }

    /// <summary>Ends the right to work on it.</summary>
    public CancellationToken Ended => tenure.Ended;

    public bool IsAbandoned => tenure.Ended.IsCancellationRequested || works.Abandoned.IsCancellationRequested;

    public bool IsGathering => true;

    public long ResultBytes => 0;

    /// <summary>How often it was ended.</summary>
    public int Disposals => Volatile.Read(ref _disposals);

    /// <summary>What it ended with.</summary>
    public Exception? Failed { get; private set; }

    /// <summary>Messages that it was given.</summary>
    public int Handled
    {
        get
        {
            lock (_handled)
            {
                return _handled.Count;
            }
        }
    }

    public async ValueTask RecallAsync() => await works.OnRecall(this);

    public async ValueTask HandleAsync(ISceneMessage message)
    {
        lock (_handled)
        {
            _handled.Add(message);
        }

        try
        {
            await works.OnHandle(this, message);
        }
        catch (Exception fault)
        {
            // As a scene that breaks does: whoever asked is answered, and its driver learns of it.
            (message as SceneRequest)?.GiveBack(fault);
            throw;
        }

        switch (message)
        {
            case SceneRequest.Deliver deliver:
                deliver.Outcome.TrySetResult(new DeliveryOutcome.Accepted());
                break;
            case SceneRequest.Order order:
                order.Outcome.TrySetResult(new SceneOrderOutcome(true, "done", "Done."));
                break;
            case SceneRequest.EndPass pass:
                pass.Read.TrySetResult();
                break;
        }
    }

    public ValueTask FailAsync(Exception fault)
    {
        Failed = fault;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _disposals);
        return ValueTask.CompletedTask;
    }
}
