using Akka.Actor;

namespace SpexStream.Actors.Tiles;

/// <summary>
/// Hands the tiles of this node's scenes out to devices that asked, the oldest credit first. Knows which tile is with
/// whom, so that nothing is lost with a device that is no more.
/// </summary>
internal sealed class TileDispatcherActor : ReceiveActor
{
    private readonly OfferedTiles _tiles;
    private readonly LinkedList<IActorRef> _credits = new();
    private readonly List<(IActorRef Device, TileLoan Loan)> _lent = [];

    public TileDispatcherActor(OfferedTiles tiles)
    {
        _tiles = tiles;
        Receive<TilesOffered>(_ => HandOut());
        Receive<WorkWanted>(_ => OnWorkWanted());
        Receive<Terminated>(OnTerminated);
    }

    public static Props Props(OfferedTiles tiles) => Akka.Actor.Props.Create(() => new TileDispatcherActor(tiles));

    // Tiles may have been offered before it was there to be told.
    protected override void PreStart() => _tiles.Tell(Self);

    private void OnWorkWanted()
    {
        Context.Watch(Sender);
        Forget(Sender, _ => { });
        if (!_credits.Contains(Sender))
        {
            _credits.AddLast(Sender);
        }

        HandOut();
    }

    private void OnTerminated(Terminated ended)
    {
        _credits.Remove(ended.ActorRef);
        Forget(ended.ActorRef, loan =>
        {
            if (loan.TryReclaim())
            {
                _tiles.TakeBack(loan.Job);
            }
        });
        HandOut();
    }

    private void HandOut()
    {
        while (_credits.First is { } credit && _tiles.Queue.TryTake(out var job))
        {
            var loan = new TileLoan(job);
            _lent.Add((credit.Value, loan));
            _credits.RemoveFirst();
            credit.Value.Tell(loan, Self);
        }
    }

    // What a device has begun is its own; what still lies in its mailbox is kept in mind.
    private void Forget(IActorRef device, Action<TileLoan> atEnd)
    {
        for (var i = _lent.Count - 1; i >= 0; i--)
        {
            if (_lent[i].Device.Equals(device))
            {
                atEnd(_lent[i].Loan);
                if (!_lent[i].Loan.IsWaiting)
                {
                    _lent.RemoveAt(i);
                }
            }
        }
    }
}
