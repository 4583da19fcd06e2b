using System.Text.Json;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Network;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>The vision tower: whole, and its aggregator and neck alone.</summary>
internal static class VisionChecks
{
    /// <summary>Sizes as a description gives them; bands are those of the first convolution.</summary>
    public static VisionSizes Sizes(JsonElement config, GoldenFile file, string tower) => new()
    {
        Backbone = new InternImageSizes
        {
            Bands = (int)file.Shape($"{tower}patch_embed.conv1.weight")[1],
            Channels = config.Int("channels"),
            Depths = config.Ints("depths"),
            Groups = config.Ints("groups"),
            PerceptronRatio = config.Float("mlp_ratio", 4),
            OffsetScale = config.Float("offset_scale", 1),
        },
        AggregatorHidden = config.Int("aggregator_hidden"),
        NormGroups = config.Int("groupnorm_groups"),
        MaskChannels = config.Int("sam_channels"),
    };

    public static void Tower(GoldenFile file, GoldenComparison comparison)
    {
        var sizes = Sizes(file.Description.GetProperty("config"), file, "weight/");
        var cases = file.CasesOf("input/pixel_values").ToList();
        var inside = file.Results.Select(name => name[(name.LastIndexOf('/') + 1)..]).Distinct();
        using var part = ProbeGraph.Of(file, "weight/", inside, net =>
            net.Tower(net.Graph.Input("pixels", ElementType.Float32, "batch", sizes.Backbone.Bands, "rows", "columns"),
                sizes));
        foreach (var name in cases)
        {
            var results = part.Run(DeformableChecks.Input(file, $"{name}/input/pixel_values"));
            comparison.CompareAll($"{name}/mid", results, Tolerance.Network);
            comparison.CompareAll($"{name}/output", results, Tolerance.Network);
        }
    }

    public static void AggregatorAndNeck(GoldenFile file, GoldenComparison comparison)
    {
        var config = file.Description.GetProperty("aggregator");
        var (widths, hidden) = (config.Ints("in_channels"), config.Int("hidden"));
        string[] wanted = ["agg.concat_nchw", "concat_nchw", "agg_nchw", "sam_feat_nchw"];
        foreach (var name in file.CasesOf("input/stage0_nchw"))
        {
            string? joined = null;
            using var aggregator = ProbeGraph.Of(file, "aggregator/weight/", wanted, net =>
            {
                string[] stages = [.. widths.Select((width, index) => net.Graph.Input(
                    $"stage{index}", ElementType.Float32, "batch", width, $"rows{index}", $"columns{index}"))];
                joined = net.Traced("agg_nchw", net.Aggregate(stages, widths, hidden, config.Int("groupnorm_groups")));
            });
            using var neck = ProbeGraph.Of(file, "visionneck/weight/", wanted, net =>
                net.Traced("sam_feat_nchw", net.Neck(
                    net.Graph.Input("joined", ElementType.Float32, "batch", hidden, "rows", "columns"),
                    hidden,
                    config.Int("visionneck_out"))));
            var results = aggregator.Run(
                [.. widths.Select((_, index) => DeformableChecks.Input(file, $"{name}/input/stage{index}_nchw"))]);
            comparison.Compare($"{name}/mid/concat_nchw", results["agg.concat_nchw"], Tolerance.Module);
            comparison.Compare($"{name}/output/agg_nchw", results["agg_nchw"], Tolerance.Module);
            var features = neck.Run((results["agg_nchw"], file.Shape($"{name}/output/agg_nchw")));
            comparison.CompareAll($"{name}/output", features, Tolerance.Module);
        }
    }
}
