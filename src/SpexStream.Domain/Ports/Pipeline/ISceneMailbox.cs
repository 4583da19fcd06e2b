namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Where a scene's own work, its timers and its tiles send what they have to say. Read by one reader, in
/// order; written from any thread, and never blocks.</summary>
public interface ISceneMailbox
{
    /// <summary>Whether the scene is over and reads no more; once true it stays so.</summary>
    bool IsClosed { get; }

    /// <summary>Puts in the answer to what the scene gave away; there is always room for it. A closed mailbox forgets
    /// it.</summary>
    /// <exception cref="InvalidOperationException">There is no room: the count of what is away is wrong.</exception>
    void Answer(ISceneMessage message);

    /// <summary>Puts in what can wait, as long as enough room is left to answers; false: not now. A closed mailbox
    /// takes it and forgets it.</summary>
    bool TryPut(ISceneMessage message);
}
