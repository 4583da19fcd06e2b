using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Tests.Pipeline;

/// <summary>Counts the windows that are read.</summary>
internal sealed class CountedStore(IRasterStore store) : IRasterStore
{
    private int _count;

    public int Count
    {
        get => Volatile.Read(ref _count);
        set => Volatile.Write(ref _count, value);
    }

    public RasterInfo Describe(string path) => store.Describe(path);

    public IRasterReader Open(string path) => new Reader(this, store.Open(path));

    private sealed class Reader(CountedStore counted, IRasterReader reader) : IRasterReader
    {
        public RasterInfo Info => reader.Info;

        public void Read(PixelWindow window, ImmutableArray<int> bands, PixelPlanes target, int column, int row)
        {
            Interlocked.Increment(ref counted._count);
            reader.Read(window, bands, target, column, row);
        }

        public void Dispose() => reader.Dispose();
    }
}
