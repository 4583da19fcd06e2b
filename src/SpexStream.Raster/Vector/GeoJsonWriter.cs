using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Raster.Vector;

/// <summary>Regions as a GeoJSON feature collection (RFC 7946), written as it comes.</summary>
internal sealed class GeoJsonWriter : IRegionWriter
{
    private readonly FileStream _stream;
    private bool _any;

    public GeoJsonWriter(string path)
    {
        _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        _stream.Write("{\"type\":\"FeatureCollection\",\"features\":["u8);
    }

    public IRegionBatch NewBatch() => new GeoJsonBatch();

    public void Write(IRegionBatch batch)
    {
        var features = (GeoJsonBatch)batch;
        if (features.IsEmpty)
        {
            return;
        }

        _stream.Write(_any ? ",\n"u8 : "\n"u8);
        features.CopyTo(_stream);
        _any = true;
    }

    public void Complete()
    {
        _stream.Write("\n]}\n"u8);
        _stream.Flush();
    }

    public void Dispose() => _stream.Dispose();
}
