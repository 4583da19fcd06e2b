using System.Collections.Concurrent;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Raster.Vector.FlatGeobuf;

namespace SpexStream.Raster.Vector;

/// <summary>Writes regions to a FlatGeobuf and a GeoJSON file at once. Batches and their scratch are used
/// again.</summary>
internal sealed class RegionFileWriter : IRegionWriter
{
    /// <summary>Text that waits for its turn, as much as an outline of a quarter of a million positions has.</summary>
    private const long WaitingBytes = 8L << 20;

    private readonly string _flatGeobufPath;
    private readonly OrderedFile _geoJson;
    private readonly FeatureSpool _spool;
    // Not a bag: that is kept by each thread that used it, and what is in it holds the bag, for as long as the thread
    // lives.
    private readonly ConcurrentStack<RegionFileBatch> _free = new();

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
        if (!_free.TryPop(out var batch))
        {
            batch = new RegionFileBatch(_geoJson, _spool, _free.Push);
        }

        batch.Open(number);
        return batch;
    }

    public void CompleteFlatGeobuf() =>
        Translate(_flatGeobufPath, () => FlatGeobufFile.Write(_flatGeobufPath, _spool));

    public void CompleteGeoJson() => Translate(_geoJson.Path, () =>
    {
        _geoJson.Append("\n]}\n"u8);
        _geoJson.Dispose();
    });

    public void Dispose()
    {
        _geoJson.Dispose();
        _spool.Dispose();
    }

    private static void Translate(string path, Action write)
    {
        try
        {
            write();
        }
        catch (IOException error)
        {
            throw new RasterException(path, null, error.Message, error);
        }
        catch (AggregateException error) when (error.InnerException is IOException cause)
        {
            // From the threads that copy features.
            throw new RasterException(path, null, cause.Message, error);
        }
    }
}
