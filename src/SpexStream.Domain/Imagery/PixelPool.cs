using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Imagery;

/// <summary>
/// Lends the memory of <see cref="PixelPlanes"/> again and again: fresh pages cost more than copying into them. Keeps
/// at most a given number of idle bytes. Safe for use from several threads.
/// </summary>
public sealed class PixelPool : IDisposable
{
    private const nuint Granularity = 1 << 16;
    private readonly Lock _lock = new();
    private readonly List<PixelBlock> _idle = [];
    private readonly long _maxIdleBytes;
    private long _idleBytes;
    private bool _disposed;

    /// <summary>Creates an empty pool.</summary>
    /// <param name="maxIdleBytes">Bytes that may wait unused; what comes back beyond that is freed.</param>
    public PixelPool(long maxIdleBytes) => _maxIdleBytes = maxIdleBytes;

    /// <summary>Bytes that wait unused.</summary>
    public long IdleBytes
    {
        get
        {
            lock (_lock)
            {
                return _idleBytes;
            }
        }
    }

    /// <summary>Planes whose content is undefined. Disposing them gives the memory back.</summary>
    public PixelPlanes Rent(PixelWindow window, PixelWindow core, int bands, PixelType type) =>
        new(window, core, bands, type, this);

    /// <summary>Frees the idle memory; planes still lent are freed when they come back.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _idle.ForEach(block => block.Free());
            _idle.Clear();
            _idleBytes = 0;
        }
    }

    internal PixelBlock Rent(nuint bytes)
    {
        var rounded = (bytes + Granularity - 1) / Granularity * Granularity;
        lock (_lock)
        {
            for (var i = _idle.Count - 1; i >= 0; i--)
            {
                // A block up to twice as large serves; a larger one would waste what the bound is meant to save.
                if (_idle[i].Bytes >= rounded && _idle[i].Bytes <= rounded * 2)
                {
                    var block = _idle[i];
                    _idle.RemoveAt(i);
                    _idleBytes -= (long)block.Bytes;
                    return block;
                }
            }
        }

        return PixelBlock.Allocate(rounded);
    }

    internal void Return(PixelBlock block)
    {
        lock (_lock)
        {
            if (!_disposed && _idleBytes + (long)block.Bytes <= _maxIdleBytes)
            {
                _idle.Add(block);
                _idleBytes += (long)block.Bytes;
                return;
            }
        }

        block.Free();
    }
}
