using Microsoft.Win32.SafeHandles;

namespace SpexStream.Raster.Vector;

/// <summary>
/// A file that several threads write in numbered parts, in the order of the numbers. The part whose turn it is goes
/// straight to the file; what is ahead of its turn waits in memory up to a budget, beyond it the thread waits. Numbers
/// are taken in rising order, so the one in turn is always at work and somebody always goes on.
/// </summary>
internal sealed class OrderedFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly long _budget;
    private readonly object _monitor = new();
    private readonly Dictionary<int, Part> _waiting = [];
    private readonly Stack<byte[]> _free = new();
    private long _held;
    private long _written;
    private int _turn;
    private bool _failed;


    /// <summary>Creates the file.</summary>
    /// <param name="path">Where; an older file is replaced.</param>
    /// <param name="budgetBytes">Memory for what is ahead of its turn.</param>
    /// <param name="beginning">What stands before all parts.</param>
    public OrderedFile(string path, long budgetBytes, ReadOnlySpan<byte> beginning)
    {
        (Path, _budget) = (path, budgetBytes);
        _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None);
        Append(beginning);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Size of a chunk.</summary>
    public const int ChunkBytes = 1 << 18;

    /// <summary>An empty chunk; it comes back with <see cref="Add"/>.</summary>
    public byte[] Rent()
    {
        lock (_monitor)
        {
            return _free.TryPop(out var chunk) ? chunk : GC.AllocateUninitializedArray<byte>(ChunkBytes);
        }
    }

    /// <summary>Adds a chunk to a part, and takes the chunk.</summary>
    /// <exception cref="IOException">It cannot be written, or another part failed.</exception>
    public void Add(int number, byte[] chunk, int length)
    {
        List<Chunk> ready;
        lock (_monitor)
        {
            while (number != _turn && _held + ChunkBytes > _budget && !_failed)
            {
                Monitor.Wait(_monitor);
            }

            ThrowIfFailed();
            var part = PartOf(number);
            part.Chunks.Add(new(chunk, length));
            _held += ChunkBytes;
            if (number != _turn)
            {
                return;
            }

            ready = part.Take();
        }

        Write(ready);
    }

    /// <summary>Says that a part is complete; writes it and what waited for it, if it is in turn.</summary>
    /// <exception cref="IOException">It cannot be written, or another part failed.</exception>
    public void Finish(int number)
    {
        while (TryPass(number, out var ready))
        {
            Write(ready);
        }
    }

    /// <summary>Writes at the end, when all parts are complete.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file, bytes, _written);
        _written += bytes.Length;
    }

    /// <summary>Gives up: every thread that waits, now or later, gets an error.</summary>
    public void Fail()
    {
        lock (_monitor)
        {
            _failed = true;
            Monitor.PulseAll(_monitor);
        }
    }

    public void Dispose() => _file.Dispose();

    // True when the part in turn is complete and has chunks, which are to be written before this is called again.
    private bool TryPass(int number, out List<Chunk> ready)
    {
        lock (_monitor)
        {
            ThrowIfFailed();
            if (_turn <= number)
            {
                PartOf(number).IsComplete = true;
            }

            ready = [];
            while (_turn >= number && _waiting.TryGetValue(_turn, out var part) && part.IsComplete)
            {
                ready = part.Take();
                if (ready.Count > 0)
                {
                    return true;
                }

                _waiting.Remove(_turn++);
                Monitor.PulseAll(_monitor);
            }

            return false;
        }
    }

    private Part PartOf(int number)
    {
        if (!_waiting.TryGetValue(number, out var part))
        {
            _waiting.Add(number, part = new());
        }

        return part;
    }

    // Only the thread that has the turn comes here, so the end of the file is its own.
    private void Write(List<Chunk> chunks)
    {
        foreach (var chunk in chunks)
        {
            Append(chunk.Bytes.AsSpan(0, chunk.Length));
        }

        lock (_monitor)
        {
            chunks.ForEach(chunk => _free.Push(chunk.Bytes));
            _held -= (long)ChunkBytes * chunks.Count;
            Monitor.PulseAll(_monitor);
        }
    }

    private void ThrowIfFailed()
    {
        if (_failed)
        {
            throw new IOException("Another part of the file could not be made.");
        }
    }

    private readonly record struct Chunk(byte[] Bytes, int Length);

    private sealed class Part
    {
        public List<Chunk> Chunks { get; private set; } = [];

        public bool IsComplete { get; set; }

        public List<Chunk> Take()
        {
            var chunks = Chunks;
            Chunks = [];
            return chunks;
        }
    }
}
