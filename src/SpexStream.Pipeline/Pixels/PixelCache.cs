using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Pixels;

/// <summary>
/// Chunks of strips that were read a moment ago: neighbouring tiles share their halo, and a block must not be decoded
/// twice. Bounded in bytes; what is in use is never dropped. Safe for use from several threads.
/// </summary>
internal sealed class PixelCache(PixelPool pool, long budgetBytes) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ChunkKey, LinkedListNode<PixelChunk>> _byKey = [];
    private readonly LinkedList<PixelChunk> _recent = [];

    /// <summary>Bytes held at present.</summary>
    public long Bytes { get; private set; }

    /// <summary>Where tiles get their memory.</summary>
    public PixelPool Pool => pool;

    /// <summary>Copies a part of a strip into planes. Blocks while the part is read.</summary>
    /// <param name="strip">The strip.</param>
    /// <param name="part">What to copy, in pixels of the strip's file.</param>
    /// <param name="readers">The calling thread's readers.</param>
    /// <param name="target">Where to; its window is in scene pixels and contains the part.</param>
    public void Copy(StripRaster strip, PixelWindow part, ReaderSet readers, PixelPlanes target)
    {
        var grid = new ChunkGrid(strip.Info, target.Bands, target.Type);
        var taken = new List<(PixelChunk Chunk, PixelWindow Window)>();
        try
        {
            // First what nobody reads yet, then what others read meanwhile: else two threads would read in lock-step.
            foreach (var window in grid.Meeting(part))
            {
                taken.Add((Take(strip, window, readers, target.Bands, target.Type), window));
            }

            foreach (var (chunk, window) in taken)
            {
                CopyRows(chunk.Planes, window, part.Intersect(window), strip.RowOffset, target);
            }
        }
        finally
        {
            taken.ForEach(one => GiveBack(one.Chunk));
        }
    }

    /// <summary>Frees all chunks; nothing may be in use any more.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var chunk in _recent)
            {
                chunk.Free();
            }

            _recent.Clear();
            _byKey.Clear();
            Bytes = 0;
        }
    }

    /// <summary>Drops what was read of a file that is no longer needed.</summary>
    public void Forget(string path)
    {
        lock (_lock)
        {
            for (var node = _recent.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.Key.Path == path && node.Value.Users == 0)
                {
                    Drop(node);
                }

                node = next;
            }
        }
    }

    private PixelChunk Take(StripRaster strip, PixelWindow window, ReaderSet readers, int bands, PixelType type)
    {
        var key = new ChunkKey(strip.Path, strip.Identity, window);
        PixelChunk chunk;
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var node))
            {
                node.Value.Users++;
                _recent.Remove(node);
                _recent.AddFirst(node);
                return node.Value;
            }

            chunk = new PixelChunk(key, window.Area * bands * type.ByteSize()) { Users = 1 };
            _byKey[key] = _recent.AddFirst(chunk);
            Bytes += chunk.Bytes;
            MakeRoom();
        }

        Load(chunk, strip, window, readers, bands, type);
        return chunk;
    }

    private void Load(
        PixelChunk chunk, StripRaster strip, PixelWindow window, ReaderSet readers, int bands, PixelType type)
    {
        PixelPlanes? planes = null;
        try
        {
            planes = pool.Rent(window, window, bands, type);
            readers.Read(strip, window, planes, fault => Fail(chunk, fault));
            chunk.Fill(planes);
        }
        catch (GivenUpException)
        {
            // Who waited for the chunk was told when the read was given up; its memory is free only now.
            planes?.Dispose();
            throw;
        }
        catch (Exception fault)
        {
            // Whatever went wrong must reach every thread that waits for this chunk, or they would wait for ever.
            planes?.Dispose();
            Fail(chunk, fault);
        }
    }

    private void Fail(PixelChunk chunk, Exception fault)
    {
        chunk.Fail(fault);
        lock (_lock)
        {
            if (_byKey.TryGetValue(chunk.Key, out var node) && node.Value == chunk)
            {
                _byKey.Remove(chunk.Key);
                _recent.Remove(node);
                Bytes -= chunk.Bytes;
            }
        }
    }

    private void GiveBack(PixelChunk chunk)
    {
        lock (_lock)
        {
            chunk.Users--;
            MakeRoom();
        }
    }

    private void MakeRoom()
    {
        for (var node = _recent.Last; node is not null && Bytes > budgetBytes;)
        {
            var previous = node.Previous;
            if (node.Value.Users == 0)
            {
                Drop(node);
            }

            node = previous;
        }
    }

    private void Drop(LinkedListNode<PixelChunk> node)
    {
        _recent.Remove(node);
        _byKey.Remove(node.Value.Key);
        Bytes -= node.Value.Bytes;
        node.Value.Free();
    }

    private static unsafe void CopyRows(
        PixelPlanes source, PixelWindow chunk, PixelWindow part, int rowOffset, PixelPlanes target)
    {
        var size = source.Type.ByteSize();
        var bytes = (long)part.Width * size;
        var sourceColumn = (long)(part.Column - chunk.Column) * size;
        var targetColumn = (long)(part.Column - target.Window.Column) * size;
        for (var band = 0; band < source.Bands; band++)
        {
            for (var row = part.Row; row < part.Bottom; row++)
            {
                var from = (byte*)source.Row(band, row - chunk.Row) + sourceColumn;
                var to = (byte*)target.Row(band, row + rowOffset - target.Window.Row) + targetColumn;
                Buffer.MemoryCopy(from, to, bytes, bytes);
            }
        }
    }
}
