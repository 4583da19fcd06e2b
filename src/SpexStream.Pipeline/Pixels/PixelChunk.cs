using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;

namespace SpexStream.Pipeline.Pixels;

/// <summary>A chunk of a strip in memory, read by the first thread that wants it while the others wait.</summary>
internal sealed class PixelChunk(ChunkKey key, long bytes)
{
    private readonly object _gate = new();
    private PixelPlanes? _planes;
    private Exception? _fault;

    public ChunkKey Key { get; } = key;

    public long Bytes { get; } = bytes;

    /// <summary>Threads that hold it; guarded by the cache's lock.</summary>
    public int Users { get; set; }

    /// <summary>The pixels; waits until they are read.</summary>
    /// <exception cref="RasterException">They could not be read.</exception>
    public PixelPlanes Planes
    {
        get
        {
            lock (_gate)
            {
                while (_planes is null && _fault is null)
                {
                    Monitor.Wait(_gate);
                }
            }

            return _planes ?? throw new RasterException(
                Key.Path, Key.Window, (_fault as RasterException)?.Detail ?? _fault!.Message, _fault);
        }
    }

    public void Fill(PixelPlanes planes)
    {
        lock (_gate)
        {
            _planes = planes;
            Monitor.PulseAll(_gate);
        }
    }

    public void Fail(Exception fault)
    {
        lock (_gate)
        {
            _fault = fault;
            Monitor.PulseAll(_gate);
        }
    }

    public void Free() => _planes?.Dispose();
}

/// <summary>A chunk of a file, in file pixels; the identity tells what the path held when the strip came.</summary>
internal readonly record struct ChunkKey(string Path, string Identity, PixelWindow Window);
