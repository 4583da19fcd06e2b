using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Tests.Support;

/// <summary>A raster store that calls a hook before each read, and counts what is opened and closed.</summary>
internal sealed class HookedStore(IRasterStore inner, Action<string, PixelWindow> onRead) : IRasterStore
{
    private readonly Action<string, PixelWindow> _onRead = onRead;
    private int _openReaders;

    /// <summary>Every window that was read, with its file.</summary>
    public ConcurrentQueue<(string Path, PixelWindow Window)> Reads { get; } = new();

    public int OpenReaders => Volatile.Read(ref _openReaders);

    public RasterInfo Describe(string path) => inner.Describe(path);

    public IRasterReader Open(string path)
    {
        var reader = new Reader(this, path, inner.Open(path));
        Interlocked.Increment(ref _openReaders);
        return reader;
    }

    private sealed class Reader(HookedStore store, string path, IRasterReader inner) : IRasterReader
    {
        private int _busy;

        public RasterInfo Info => inner.Info;

        public void Read(PixelWindow window, ImmutableArray<int> bands, PixelPlanes target, int column, int row)
        {
            if (Interlocked.Exchange(ref _busy, 1) != 0)
            {
                throw new InvalidOperationException("Two threads use one reader at once.");
            }

            try
            {
                store.Reads.Enqueue((path, window));
                store._onRead(path, window);
                inner.Read(window, bands, target, column, row);
            }
            finally
            {
                Volatile.Write(ref _busy, 0);
            }
        }

        public void Dispose()
        {
            Interlocked.Decrement(ref store._openReaders);
            inner.Dispose();
        }
    }
}
