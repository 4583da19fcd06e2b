using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Products;

namespace SpexStream.Tests.Raster;

/// <summary>Writes regions as the products do: in batches, which several threads take in order.</summary>
internal static class RegionWriting
{
    public static void Write(
        this IRegionWriter writer, IEnumerable<(RegionFacts Facts, IGroundShape? Shape, string Text)> regions,
            int batch, int threads)
    {
        var batches = regions.Chunk(batch).ToArray();
        var next = -1;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            for (var number = Interlocked.Increment(ref next); number < batches.Length; number = Interlocked.Increment(
                ref next))
            {
                using var target = writer.Open(number);
                foreach (var (facts, shape, text) in batches[number])
                {
                    target.Add(facts, shape, text);
                }

                target.Complete();
            }
        });
        Parallel.Invoke(writer.CompleteFlatGeobuf, writer.CompleteGeoJson);
    }
}
