using SpexStream.Domain.Grid;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Sharing;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The tiles of one scene on their way to the devices and back: at most <see cref="SceneRunContext.SceneTiles"/> wait
/// or run at once, a tile that breaks is tried again after a while, and all that is ready counts against admission
/// until it is done. Belongs to the scene's loop.
/// </summary>
internal sealed class TileFlow(
    SceneRunContext context, Func<TileStage, TileIndex, TileJob> newJob, TilesAway? away = null) : IDisposable
{
    private readonly Dictionary<(TileStage Stage, TileIndex Tile), int> _attempts = [];
    private readonly LinkedList<(TileStage Stage, TileIndex Tile)> _waiting = new();
    private int _inFlight;
    private int _ready;

    /// <summary>Tile stages finished.</summary>
    public int Done { get; private set; }

    /// <summary>Tile stages known to be needed.</summary>
    public int Known { get; private set; }

    /// <summary>Tiles became ready.</summary>
    public void Expect(int tiles)
    {
        Known += tiles;
        _ready += tiles;
        context.Admission.Add(tiles);
    }

    /// <summary>A ready tile needs a device.</summary>
    public void Enqueue(TileStage stage, TileIndex tile) => _waiting.AddLast((stage, tile));

    /// <summary>Hands out as many tiles as the window and the queue allow; the answer to each asks for the
    /// next.</summary>
    public void Offer()
    {
        away?.Weigh(_inFlight, _waiting.Count);
        while (_inFlight < (away?.Window(_inFlight, _waiting.Count) ?? context.SceneTiles)
            && Next() is var (stage, tile))
        {
            var job = newJob(stage, tile);
            if (!context.Dispatcher.TryOffer(job))
            {
                if (_inFlight > 0)
                {
                    _waiting.AddFirst((stage, tile));
                    break;
                }

                // One goes in beyond the bound: without an answer that comes back nobody would ask again.
                context.Dispatcher.TakeBack(job);
            }

            _inFlight++;
            away?.Weigh(_inFlight, _waiting.Count);
        }

        away?.GiveAway(_waiting, _inFlight);
        away?.Weigh(_inFlight, _waiting.Count);
    }

    /// <summary>A device came back without an answer: when the tile is tried again; null when it was often
    /// enough.</summary>
    public TimeSpan? Break(TileStage stage, TileIndex tile, Exception fault)
    {
        var wait = Retry.Tile(_attempts[(stage, tile)] = _attempts.GetValueOrDefault((stage, tile)) + 1, fault);
        if (wait is not null)
        {
            _inFlight--;
            Offer();
        }

        return wait;
    }

    /// <summary>A tile that broke needs a device once more.</summary>
    public void TryAgain(TileStage stage, TileIndex tile)
    {
        Enqueue(stage, tile);
        Offer();
    }

    /// <summary>A device came back with what another node had said before.</summary>
    public void Forget()
    {
        _inFlight--;
        Offer();
    }

    /// <summary>A ready tile is done.</summary>
    /// <param name="byDevice">Whether a device did it; else it was done before.</param>
    public void Finish(bool byDevice)
    {
        _inFlight -= byDevice ? 1 : 0;
        _ready--;
        Done++;
        context.Admission.Remove(1);
    }

    /// <summary>Nothing more will come back: what was ready no longer holds strips off, and what still waits for a
    /// device leaves its room to other scenes. After the scene's mailbox was closed.</summary>
    public void Dispose()
    {
        context.Dispatcher.DropUnwanted();
        context.Admission.Remove(_ready);
        _ready = 0;
    }

    private (TileStage Stage, TileIndex Tile)? Next()
    {
        if (_waiting.First is not { } first)
        {
            return away?.Double(_inFlight);
        }

        _waiting.RemoveFirst();
        return first.Value;
    }
}
