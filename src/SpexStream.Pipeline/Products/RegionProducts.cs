using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.LandCover;
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
    private const int BatchRuns = 1 << 16;
    private readonly ConcurrentBag<ShapeBuilder> _shapes = [];

    public void Write(ImmutableArray<ClassFacts> classes, IRegionWriters writers, ProductFolder folder)
    {
        using var flatGeobuf = writers.CreateFlatGeobuf(folder.PathOf(FlatGeobufName));
        using var geoJson = writers.CreateGeoJson(folder.PathOf(GeoJsonName));
        // A large region's outline takes tens of megabytes of scratch: readers and batches are used again and again.
        var batches = Enumerable.Range(0, threads * 2).Select(_ => new RegionBatches(flatGeobuf.NewBatch(), geoJson.NewBatch())).ToArray();
        try
        {
            foreach (var scene in classes)
            {
                var readers = new ConcurrentBag<RegionReader>();
                var explain = texts.NarratorOf(scene);
                foreach (var parts in Parts(regions.Of(scene.Class)).Chunk(batches.Length))
                {
                    Fill(scene.Class, explain, parts, batches, readers);
                    Parallel.Invoke(
                        () => Array.ForEach(batches, batch => flatGeobuf.Write(batch.FlatGeobuf)),
                        () => Array.ForEach(batches, batch => geoJson.Write(batch.GeoJson)));
                    Array.ForEach(batches, batch => batch.Clear());
                }
            }
        }
        finally
        {
            Array.ForEach(batches, batch => batch.Dispose());
        }

        Parallel.Invoke(
            () =>
            {
                flatGeobuf.Complete();
                folder.Add(FlatGeobufName, ProductFileKind.FlatGeobuf, null);
            },
            () =>
            {
                geoJson.Complete();
                geoJson.Dispose();
                folder.Add(GeoJsonName, ProductFileKind.GeoJson, null);
            });
    }

    // Large regions come first: a batch ends when it has enough of either, regions or outline.
    private static IEnumerable<(int First, int End)> Parts(ClassRegions regions)
    {
        for (var first = 0; first < regions.Count;)
        {
            var end = first;
            for (var runs = 0; end < regions.Count && end - first < BatchRegions && (end == first || runs < BatchRuns); end++)
            {
                runs += regions.RunCount(end);
            }

            yield return (first, end);
            first = end;
        }
    }

    private void Fill(
        LandCoverClass value, Func<RegionFacts, string> explain, (int First, int End)[] parts, RegionBatches[] batches,
        ConcurrentBag<RegionReader> readers) =>
        Parallel.For(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            if (!readers.TryTake(out var reader))
            {
                reader = new RegionReader(regions, value, place);
            }

            if (!_shapes.TryTake(out var shapes) && ground is not null)
            {
                shapes = new ShapeBuilder(ground);
            }

            for (var rank = parts[i].First; rank < parts[i].End; rank++)
            {
                var facts = reader.Facts(rank);
                batches[i].Add(facts, shapes?.Build(reader.Outline(rank)), explain(facts));
            }

            readers.Add(reader);
            if (shapes is not null)
            {
                _shapes.Add(shapes);
            }
        });

    private sealed record RegionBatches(IRegionBatch FlatGeobuf, IRegionBatch GeoJson) : IDisposable
    {
        public void Add(RegionFacts facts, GroundShape? shape, string text)
        {
            FlatGeobuf.Add(facts, shape, text);
            GeoJson.Add(facts, shape, text);
        }

        public void Clear()
        {
            FlatGeobuf.Clear();
            GeoJson.Clear();
        }

        public void Dispose()
        {
            FlatGeobuf.Dispose();
            GeoJson.Dispose();
        }
    }
}
