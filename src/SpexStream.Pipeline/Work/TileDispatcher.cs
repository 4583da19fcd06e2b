using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Work;

/// <summary>
/// Hands tiles out to workers that ask, in the order of <see cref="WaitingTiles"/>. Bounded: scenes offer only as many
/// tiles as there is room. Safe for use from several threads.
/// </summary>
internal sealed class TileDispatcher(int capacity) : ITileDispatcher, IDisposable
{
    private readonly WaitingTiles _queue = new(capacity);
    private readonly SemaphoreSlim _available = new(0);

    /// <summary>Tiles that may wait at once.</summary>
    public int Capacity => capacity;

    /// <summary>Tiles that wait.</summary>
    public int Depth => _queue.Depth;

    /// <inheritdoc/>
    public bool TryOffer(ITileJob job) => Announce(_queue.TryOffer(job));

    /// <inheritdoc/>
    public void TakeBack(ITileJob job) => Announce(_queue.TakeBack(job));

    /// <inheritdoc/>
    public void DropUnwanted()
    {
        // Fewer than that where a worker was let in already; it finds nothing, and waits once more.
        for (var dropped = _queue.DropUnwanted(); dropped > 0 && _available.Wait(0); dropped--)
        {
        }
    }

    /// <summary>The next tile that somebody wants; blocks the worker's thread until there is one.</summary>
    /// <exception cref="OperationCanceledException">The worker shall stop.</exception>
    public ITileJob Take(CancellationToken stop)
    {
        while (true)
        {
            _available.Wait(stop);
            if (_queue.TryTake(out var job))
            {
                return job;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _available.Dispose();

    private bool Announce(bool isIn)
    {
        if (isIn)
        {
            _available.Release();
        }

        return isIn;
    }
}
