using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>
/// One scene and its work, driven by whoever reads its mailbox: recalled once, then given one message after the other
/// until it is over. The only writer of the scene's facts. Calls must not overlap; the figures may be read from any
/// thread.
/// </summary>
/// <remarks>
/// What a call throws ends the scene: its driver reads no more messages, gives back those that wait, and calls
/// <see cref="FailAsync"/>. Only when it was abandoned (<see cref="IsAbandoned"/>), or another writes the scene now
/// (<see cref="Journal.StaleEpochException"/>), is nothing said: the next owner takes up what is not done.
/// </remarks>
public interface ISceneEntity : IAsyncDisposable
{
    /// <summary>The scene.</summary>
    SceneId Scene { get; }

    /// <summary>Whether nothing is left to do until somebody brings another strip; true as well for a scene that
    /// nobody has brought a strip of yet.</summary>
    bool IsOver { get; }

    /// <summary>Whether it was abandoned: its process ends, or another node has the scene. Whatever goes wrong then is
    /// no failure of the scene. Once true it stays so.</summary>
    bool IsAbandoned { get; }

    /// <summary>Whether strips are still waited for; only a hint.</summary>
    bool IsGathering { get; }

    /// <summary>Bytes of answers of tiles that it keeps in memory.</summary>
    long ResultBytes { get; }

    /// <summary>Takes the scene's epoch and brings it to where the journal says that it stands.</summary>
    ValueTask RecallAsync();

    /// <summary>Handles a message and carries out what follows.</summary>
    ValueTask HandleAsync(ISceneMessage message);

    /// <summary>Says that the scene cannot be finished, in the journal and to the operator. Does not throw.</summary>
    ValueTask FailAsync(Exception fault);
}
