using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Tests.Alerts;

/// <summary>Rasters as another version of GDAL would word their headers, or that something happens to while they are
/// read.</summary>
internal sealed class AlteredStore(IRasterStore store) : IRasterStore
{
    public Func<RasterInfo, RasterInfo> Header { get; init; } = info => info;

    public Action OnRead { get; init; } = () => { };

    public RasterInfo Describe(string path) => Header(store.Describe(path));

    public IRasterReader Open(string path) => new Reader(this, store.Open(path));

    private sealed class Reader(AlteredStore owner, IRasterReader reader) : IRasterReader
    {
        public RasterInfo Info { get; } = owner.Header(reader.Info);

        public void Read(PixelWindow window, ImmutableArray<int> bands, PixelPlanes target, int column, int row)
        {
            reader.Read(window, bands, target, column, row);
            owner.OnRead();
        }

        public void Dispose() => reader.Dispose();
    }
}
