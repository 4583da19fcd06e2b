using System.Collections.Concurrent;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Raster.Vector.FlatGeobuf;

namespace SpexStream.Raster.Vector;

/// <summary>Writes regions to a FlatGeobuf and a GeoJSON file at once. Batches and their scratch are used again.</summary>
internal sealed class RegionFileWriter : IRegionWriter
{
    /// <summary>Text that waits for its turn, behind an outline of half a million positions.</summary>
    private const long WaitingBytes = 16L << 20;

    private readonly string _flatGeobufPath;
    private readonly OrderedFile _geoJson;
    private readonly FeatureSpool _spool;
    private readonly ConcurrentBag<RegionFileBatch> _free = [];

    public RegionFileWriter(string flatGeobufPath, string geoJsonPath)
    {
        _flatGeobufPath = flatGeobufPath;
        _geoJson = new OrderedFile(geoJsonPath, WaitingBytes, "{\"type\":\"FeatureCollection\",\"features\":["u8);
        try
        {
            _spool = new FeatureSpool(flatGeobufPath + ".part");
        }
        catch
        {
            _geoJson.Dispose();
            throw;
        }
    }

    public IRegionBatch Open(int number)
    {
        if (!_free.TryTake(out var batch))
        {
            batch = new RegionFileBatch(_geoJson, _spool, _free.Add);
        }

        batch.Open(number);
        return batch;
    }

    public void Complete()
    {
        try
        {
            _geoJson.Append("\n]}\n"u8);
            FlatGeobufFile.Write(_flatGeobufPath, _spool);
        }
        catch (IOException error)
        {
            throw new RasterException(_flatGeobufPath, null, error.Message, error);
        }
    }

    public void Dispose()
    {
        _geoJson.Dispose();
        _spool.Dispose();
    }
}
