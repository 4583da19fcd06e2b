using System.Collections.Immutable;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Products;
using SpexStream.Domain.Regions;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// Writes every region of a scene to FlatGeobuf and GeoJSON. Several threads take batches in order; each region is
/// traced once, and what is made of it goes to both files before the next one is looked at.
/// </summary>
internal sealed class RegionProducts(
    SceneRegions regions, RegionPlace place, SceneGround? ground, IRegionTexts texts, int threads)
{
    public const string FlatGeobufName = "regions.fgb";
    public const string GeoJsonName = "regions.geojson";
    private const int BatchRegions = 256;
    private const int BatchRuns = 1 << 16;

    public void Write(ImmutableArray<ClassFacts> classes, IRegionWriters writers, ProductFolder folder)
    {
        using var writer = writers.Create(folder.PathOf(FlatGeobufName), folder.PathOf(GeoJsonName));
        Fill([.. classes.SelectMany(Batches)], writer);
        Parallel.Invoke(
            () =>
            {
                writer.CompleteFlatGeobuf();
                folder.Add(FlatGeobufName, ProductFileKind.FlatGeobuf, null);
            },
            () =>
            {
                writer.CompleteGeoJson();
                folder.Add(GeoJsonName, ProductFileKind.GeoJson, null);
            });
    }

    // Large regions come first: a batch ends when it has enough of either, regions or outline.
    private IEnumerable<Batch> Batches(ClassFacts facts)
    {
        var explain = texts.NarratorOf(facts);
        var ofClass = regions.Of(facts.Class);
        for (var first = 0; first < ofClass.Count;)
        {
            var (end, runs, last) = (first, 0, Math.Min(ofClass.Count, first + BatchRegions));
            for (; end < last && runs < BatchRuns; end++)
            {
                runs += ofClass.RunCount(end);
            }

            yield return new(ofClass, explain, first, end);
            first = end;
        }
    }

    // Each thread takes the next number when it is free: the writer needs them taken in order.
    private void Fill(Batch[] batches, IRegionWriter writer)
    {
        var next = -1;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            var shapes = ground is null ? null : new ShapeBuilder(ground);
            RegionReader? reader = null;
            while (Interlocked.Increment(ref next) is var number && number < batches.Length)
            {
                using var target = writer.Open(number);
                var batch = batches[number];
                if (reader?.Class != batch.Regions.Class)
                {
                    reader = new(regions, batch.Regions.Class, place);
                }

                Add(batch, reader, shapes, target);
                target.Complete();
            }
        });
    }

    private static void Add(Batch batch, RegionReader reader, ShapeBuilder? shapes, IRegionBatch target)
    {
        for (var rank = batch.First; rank < batch.End; rank++)
        {
            var facts = reader.Facts(rank);
            target.Add(facts, shapes?.Build(reader.OutlineRings(rank)), batch.Explain(facts));
        }
    }

    private sealed record Batch(ClassRegions Regions, Func<RegionFacts, string> Explain, int First, int End);
}
