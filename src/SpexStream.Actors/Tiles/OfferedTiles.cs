using Akka.Actor;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Actors.Tiles;

/// <summary>
/// Where scenes offer their tiles. They learn at once whether there is room, so the queue lies here, behind its lock;
/// who gets which tile is decided by the dispatcher, which is told that there are some.
/// </summary>
/// <param name="capacity">Tiles that may wait at once.</param>
public sealed class OfferedTiles(int capacity) : ITileDispatcher
{
    private readonly WaitingTiles _queue = new(capacity);
    private volatile IActorRef _dispatcher = ActorRefs.Nobody;

    /// <summary>Tiles that wait.</summary>
    public int Depth => _queue.Depth;

    internal WaitingTiles Queue => _queue;

    /// <inheritdoc/>
    public bool TryOffer(ITileJob job) => Announce(_queue.TryOffer(job));

    /// <inheritdoc/>
    public void TakeBack(ITileJob job) => Announce(_queue.TakeBack(job));

    /// <inheritdoc/>
    public void DropUnwanted() => _queue.DropUnwanted();

    internal void Tell(IActorRef dispatcher) => _dispatcher = dispatcher;

    private bool Announce(bool isIn)
    {
        if (isIn)
        {
            _dispatcher.Tell(TilesOffered.Instance);
        }

        return isIn;
    }
}
