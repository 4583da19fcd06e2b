using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Products;
using SpexStream.Raster.Vector.FlatGeobuf;

namespace SpexStream.Raster.Vector;

/// <summary>
/// Encodes regions for both files: attributes are made once, and each position is made once, into the FlatGeobuf
/// feature, and written as text from there while it is in the processor's cache.
/// </summary>
internal sealed class RegionFileBatch(OrderedFile file, FeatureSpool spool, Action<RegionFileBatch> giveBack)
    : IRegionBatch
{
    private const int PositionsAtOnce = 1024;
    private readonly RegionAttributes _attributes = new();
    private readonly GeoJsonFeatures _json = new(file);
    private readonly FeatureEncoder _features = new(spool);
    private long _order;
    private bool _isOpen;

    public void Open(int number)
    {
        (_order, _isOpen) = ((long)number << 32, true);
        _json.Open(number);
    }

    public void Add(RegionFacts facts, IGroundShape? shape, string text)
    {
        try
        {
            _attributes.Read(facts, text);
            _json.BeginFeature(_attributes.Text(0));
            _features.Begin(_order++, _attributes, shape);
            _features.End(shape is null ? NoGeometry() : Geometry(shape));
            _json.EndFeature(_attributes);
        }
        catch (IOException error)
        {
            throw new RasterException(file.Path, null, error.Message, error);
        }
    }

    public void Complete()
    {
        try
        {
            _features.Complete();
            _json.Complete();
        }
        catch (IOException error)
        {
            throw new RasterException(file.Path, null, error.Message, error);
        }

        _isOpen = false;
    }

    public void Dispose()
    {
        if (_isOpen)
        {
            file.Fail();
            return;
        }

        giveBack(this);
    }

    private Envelope NoGeometry()
    {
        _json.NoGeometry();
        return Envelope.Empty;
    }

    private Envelope Geometry(IGroundShape shape)
    {
        var polygons = shape.PolygonEnds;
        var (box, ring) = (Envelope.Empty, 0);
        _json.BeginGeometry();
        for (var polygon = 0; polygon < polygons.Length; polygon++)
        {
            _json.BeginPolygon(isFirst: polygon == 0);
            _features.BeginPart(shape, ring, polygons[polygon]);
            for (var first = ring; ring < polygons[polygon]; ring++)
            {
                _json.BeginRing(isFirst: ring == first);
                box = Ring(shape, ring, box);
                _json.End();
            }

            _json.End();
        }

        _json.EndGeometry();
        return box;
    }

    private Envelope Ring(IGroundShape shape, int ring, Envelope box)
    {
        var length = shape.RingLength(ring);
        for (var (at, count) = (0, 0); at < length; at += count)
        {
            count = Math.Min(PositionsAtOnce, length - at);
            var positions = _features.Positions(count);
            shape.Read(ring, at, positions);
            box = box.With(positions);
            _json.Positions(positions, isFirst: at == 0);
        }

        return box;
    }
}
