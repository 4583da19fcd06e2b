using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Raster.Native;

namespace SpexStream.Raster.Vector;

/// <summary>Regions as FlatGeobuf with its spatial index, through GDAL's driver.</summary>
internal sealed unsafe class FlatGeobufWriter : IRegionWriter
{
    private const string Driver = "FlatGeobuf";

    // In full, because what "EPSG:4326" stands for (an ensemble or one datum) depends on what PROJ has done before.
    private const string Wgs84 =
        """
        GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],
        AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]
        """;

    private readonly string _path;
    private readonly GdalDataset _dataset;
    private readonly nint _layer;
    private readonly nint _definition;

    public FlatGeobufWriter(string path)
    {
        _path = path;
        // The driver takes its file name for the layer's name unless one is given.
        _dataset = GdalDataset.Create(Driver, path, 0, 0, 0, 0, []);
        var reference = SpatialReferences.Create(Wgs84);
        try
        {
            Cpl.ErrorReset();
            _layer = Ogr.CreateLayer(_dataset.Handle, "regions", reference, Ogr.MultiPolygon, null);
        }
        finally
        {
            Osr.Destroy(reference);
        }

        if (_layer == 0)
        {
            _dataset.Dispose();
            throw new RasterException(path, null, Cpl.LastError());
        }

        AddFields([.. RegionFields.Texts.Select(f => f.Name)], Ogr.Text);
        AddFields([.. RegionFields.Integers.Select(f => f.Name)], Ogr.Integer64);
        AddFields([.. RegionFields.Reals.Select(f => f.Name)], Ogr.Real);
        _definition = Ogr.LayerDefinition(_layer);
    }

    public IRegionBatch NewBatch() => new FlatGeobufBatch(_path, _definition);

    public void Write(IRegionBatch batch)
    {
        foreach (var feature in ((FlatGeobufBatch)batch).Features)
        {
            Cpl.ErrorReset();
            if (Ogr.AddFeature(_layer, feature) != 0)
            {
                throw new RasterException(_path, null, Cpl.LastError());
            }
        }
    }

    public void Complete()
    {
        // The index and the header are written when the dataset is closed.
        Cpl.ErrorReset();
        _dataset.Dispose();
        if (Cpl.LastErrorType() >= 3)
        {
            throw new RasterException(_path, null, Cpl.LastError());
        }
    }

    public void Dispose() => _dataset.Dispose();

    private void AddFields(IEnumerable<string> names, int type)
    {
        foreach (var name in names)
        {
            var field = Ogr.CreateFieldDefinition(name, type);
            var error = Ogr.CreateField(_layer, field, 1);
            Ogr.DestroyFieldDefinition(field);
            if (error != 0)
            {
                throw new RasterException(_path, null, $"field '{name}': {Cpl.LastError()}");
            }
        }
    }
}
