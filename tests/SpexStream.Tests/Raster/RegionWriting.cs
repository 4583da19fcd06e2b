using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Products;

namespace SpexStream.Tests.Raster;

/// <summary>Writes single regions, where a test needs no batches.</summary>
internal static class RegionWriting
{
    public static void Add(this IRegionWriter writer, RegionFacts facts, GroundShape? shape, string text)
    {
        using var batch = writer.NewBatch();
        batch.Add(facts, shape, text);
        writer.Write(batch);
    }
}
