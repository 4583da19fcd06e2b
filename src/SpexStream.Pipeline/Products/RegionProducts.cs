using System.Collections.Immutable;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// Writes every region of a scene to FlatGeobuf and GeoJSON: batches are made ready by several threads, a few at a time,
/// and written in order.
/// </summary>
internal sealed class RegionProducts(
    SceneRegions regions, RegionPlace place, SceneGround? ground, IRegionTexts texts, int threads)
{
    public const string FlatGeobufName = "regions.fgb";
    public const string GeoJsonName = "regions.geojson";
    private const int BatchRegions = 256;

    public void Write(ImmutableArray<ClassFacts> classes, IRegionWriters writers, ProductFolder folder)
    {
        using var flatGeobuf = writers.CreateFlatGeobuf(folder.PathOf(FlatGeobufName));
        using var geoJson = writers.CreateGeoJson(folder.PathOf(GeoJsonName));
        var step = BatchRegions * threads * 2;
        foreach (var scene in classes)
        {
            var count = regions.Of(scene.Class).Count;
            for (var first = 0; first < count; first += step)
            {
                WriteSome(scene, first, Math.Min(count, first + step), flatGeobuf, geoJson);
            }
        }

        Parallel.Invoke(flatGeobuf.Complete, geoJson.Complete);
        folder.Add(FlatGeobufName, ProductFileKind.FlatGeobuf, null);
        folder.Add(GeoJsonName, ProductFileKind.GeoJson, null);
    }

    private void WriteSome(ClassFacts scene, int first, int end, IRegionWriter flatGeobuf, IRegionWriter geoJson)
    {
        var batches = new (IRegionBatch? FlatGeobuf, IRegionBatch? GeoJson)[(end - first + BatchRegions - 1) / BatchRegions];
        try
        {
            Parallel.For(0, batches.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
            {
                var (one, other) = (flatGeobuf.NewBatch(), geoJson.NewBatch());
                batches[i] = (one, other);
                var start = first + (i * BatchRegions);
                Fill(scene, start, Math.Min(end, start + BatchRegions), one, other);
            });
            Parallel.Invoke(
                () => Array.ForEach(batches, batch => flatGeobuf.Write(batch.FlatGeobuf!)),
                () => Array.ForEach(batches, batch => geoJson.Write(batch.GeoJson!)));
        }
        finally
        {
            foreach (var (one, other) in batches)
            {
                one?.Dispose();
                other?.Dispose();
            }
        }
    }

    private void Fill(ClassFacts scene, int first, int end, IRegionBatch flatGeobuf, IRegionBatch geoJson)
    {
        var reader = new RegionReader(regions, scene.Class, place);
        var shapes = ground is null ? null : new ShapeBuilder(ground);
        for (var rank = first; rank < end; rank++)
        {
            var facts = reader.Facts(rank);
            var shape = shapes?.Build(reader.Outline(rank));
            var text = texts.Explain(facts, scene);
            flatGeobuf.Add(facts, shape, text);
            geoJson.Add(facts, shape, text);
        }
    }
}
