using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Products;
using SpexStream.Raster.Native;

namespace SpexStream.Raster.Vector;

/// <summary>
/// Features made ready for a FlatGeobuf layer. Making them is most of the work and needs only the layer's definition, whose
/// reference count GDAL keeps atomically; so batches are filled by several threads.
/// </summary>
internal sealed unsafe class FlatGeobufBatch(string path, nint definition) : IRegionBatch
{
    private readonly List<nint> _features = [];
    private readonly WkbBuffer _wkb = new();

    public IReadOnlyList<nint> Features => _features;

    public void Add(RegionFacts facts, GroundShape? shape, string text)
    {
        var feature = Ogr.CreateFeature(definition);
        _features.Add(feature);
        SetFields(feature, facts, text);
        if (shape is not null)
        {
            SetGeometry(feature, shape);
        }
    }

    public void Dispose() => Clear();

    public void Clear()
    {
        _features.ForEach(Ogr.DestroyFeature);
        _features.Clear();
    }

    private static void SetFields(nint feature, RegionFacts facts, string text)
    {
        var field = 0;
        foreach (var (_, value) in RegionFields.Texts)
        {
            Ogr.SetText(feature, field++, value(facts, text));
        }

        foreach (var (_, value) in RegionFields.Integers)
        {
            Ogr.SetInteger(feature, field++, value(facts));
        }

        foreach (var (_, digits, value) in RegionFields.Reals)
        {
            var number = value(facts);
            if (!double.IsNaN(number))
            {
                Ogr.SetDouble(feature, field, Math.Round(number, digits));
            }

            field++;
        }
    }

    private void SetGeometry(nint feature, GroundShape shape)
    {
        var bytes = _wkb.Write(shape);
        fixed (byte* wkb = bytes)
        {
            Cpl.ErrorReset();
            if (Ogr.GeometryFromWkb(wkb, 0, out var geometry, bytes.Length) != 0
                || Ogr.SetGeometryDirectly(feature, geometry) != 0)
            {
                throw new RasterException(path, null, Cpl.LastError());
            }
        }
    }
}
