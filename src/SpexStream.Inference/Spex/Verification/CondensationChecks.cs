using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Network;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>Condensation for answers of any length.</summary>
internal static class CondensationChecks
{
    public static void Run(GoldenFile file, GoldenComparison comparison)
    {
        var config = file.Description.GetProperty("llamaneck");
        var (width, outputs, bins) = (config.Int("input_channels"), config.Int("out_channels"), config.Int("num_seq"));
        using var part = ProbeGraph.Of(
            file, "llamaneck/weight/",
            ["text_mlp.0", "text_mlp.2", "condense.out"],
            net => net.Condense(net.Graph.Input("pooled", ElementType.Float32, "batch", bins, width), width, outputs));
        foreach (var name in file.CasesOf("input/x"))
        {
            var pooled = new float[bins * width];
            Condensation.Pool(file.Values($"{name}/input/x"), width, bins, pooled);
            comparison.Compare($"{name}/mid/pooled_ncl", ChannelsBeforeBins(pooled, width), Tolerance.Module);
            var results = part.Run((pooled, [1, bins, width]));
            comparison.CompareAll($"{name}/mid", results, Tolerance.Module);
            comparison.Compare($"{name}/output/condensed", results["condense.out"], Tolerance.Module);
        }
    }

    /// <summary>[bins, width] as [width, bins].</summary>
    public static float[] ChannelsBeforeBins(float[] pooled, int width)
    {
        var bins = pooled.Length / width;
        return [.. Enumerable.Range(0, pooled.Length).Select(index => pooled[(index % bins * width) + (index / bins)])];
    }
}
