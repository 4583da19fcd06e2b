using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Actors.Scenes;

/// <summary>The place of one open scene; given back by disposing of it. What it tells may be read from any
/// thread.</summary>
internal sealed class ScenePlace(SceneId scene, Action<ScenePlace> leave) : IDisposable
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ISceneEntity? _entity;
    private volatile ActorMailbox? _mailbox;

    public SceneId Scene => scene;

    /// <summary>Ends when the place is free again.</summary>
    public Task Left => _left.Task;

    /// <summary>Whether strips are still waited for.</summary>
    public bool IsGathering => _entity?.IsGathering ?? true;

    /// <summary>Bytes of answers that the scene keeps in memory.</summary>
    public long ResultBytes => _entity?.ResultBytes ?? 0;

    /// <summary>Messages in its mailbox.</summary>
    public int MailboxDepth => _mailbox?.Depth ?? 0;

    /// <summary>Says who sits here.</summary>
    public void Seat(ISceneEntity entity, ActorMailbox mailbox) => (_entity, _mailbox) = (entity, mailbox);

    public void Dispose()
    {
        leave(this);
        _left.TrySetResult();
    }
}
