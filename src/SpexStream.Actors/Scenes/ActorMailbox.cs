using Akka.Actor;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Actors.Scenes;

/// <summary>What the scene's own work, its timers and its tiles have to say; stays on its node.</summary>
/// <param name="Mailbox">The mailbox that it was put into: what an earlier life of the scene gave away is not for this
/// one.</param>
/// <param name="Message">The message.</param>
internal sealed record SceneSaid(ActorMailbox Mailbox, ISceneMessage Message) : INoSerializationVerificationNeeded;

/// <summary>
/// The mailbox of one life of a scene, from its opening until it is over. The messages lie in the mailbox of its actor,
/// which has no bound of its own: they are counted here. Written from any thread.
/// </summary>
internal sealed class ActorMailbox(IActorRef actor, int capacity) : ISceneMailbox
{
    private int _depth;
    private volatile bool _isClosed;

    /// <inheritdoc/>
    public bool IsClosed => _isClosed;

    /// <summary>Messages on their way or unread.</summary>
    public int Depth => Volatile.Read(ref _depth);

    /// <inheritdoc/>
    public void Answer(ISceneMessage message)
    {
        if (!_isClosed && !TryTell(message, capacity))
        {
            throw new InvalidOperationException($"A scene's mailbox has no room for {message.GetType().Name}.");
        }
    }

    /// <inheritdoc/>
    public bool TryPut(ISceneMessage message) => _isClosed || TryTell(message, capacity / 2);

    /// <summary>A message was read.</summary>
    public void Read() => Interlocked.Decrement(ref _depth);

    /// <summary>What comes from here on is forgotten.</summary>
    public void Close() => _isClosed = true;

    private bool TryTell(ISceneMessage message, int room)
    {
        if (Interlocked.Increment(ref _depth) > room)
        {
            Interlocked.Decrement(ref _depth);
            return false;
        }

        actor.Tell(new SceneSaid(this, message));
        return true;
    }
}
