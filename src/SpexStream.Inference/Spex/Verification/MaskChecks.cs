using System.Text.Json;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Network;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>Condensation and mask decoder on recorded features and states.</summary>
internal static class MaskChecks
{
    private const string SingleSoftmax = "extra/NOT_SPEX_single_softmax.";
    private const string AllMasks = "extra/multimask_true.";
    private const string ZeroPrompt = "extra/zero_sparse_prompt.";

    public static MaskDecoderSizes Sizes(JsonElement config) => new()
    {
        Hidden = config.Int("hidden_size"),
        Perceptron = config.Int("mlp_dim"),
        Layers = config.Int("num_hidden_layers"),
        Heads = config.Int("num_attention_heads"),
        CrossReduction = config.Int("attention_downsample_rate"),
        MaskTokens = config.Int("num_multimask_outputs") + 1,
        FitDepth = config.Int("iou_head_depth"),
        FitHidden = config.Int("iou_head_hidden_dim"),
        PositionFeatures = config.Int("num_pos_feats"),
        Epsilon = config.Float("layer_norm_eps", Norms.UsualEpsilon),
    };

    public static void Run(GoldenFile file, GoldenComparison comparison)
    {
        var config = file.Description.GetProperty("config");
        var part = new MaskPart(file, "weight/", Sizes(config), config.GetProperty("lan_neck"));
        foreach (var name in file.CasesOf("input/sam_feat_nchw"))
        {
            var features = DeformableChecks.Input(file, $"{name}/input/sam_feat_nchw");
            var states = file.Values($"{name}/input/lan_feat");
            part.Check(comparison, name, features, states, Tolerance.Network, Tolerance.Network);
            Extras(file, comparison, part, name, features, states);
        }
    }

    private static void Extras(
        GoldenFile file,
        GoldenComparison comparison,
        MaskPart part,
        string name,
        (float[] Values, long[] Shape) features,
        float[] states)
    {
        if (file.Has($"{name}/{AllMasks}masks"))
        {
            var all = part.Run(features, states, 2);
            var plane = all.Masks.Length / part.Sizes.MaskTokens;
            comparison.Compare($"{name}/{AllMasks}masks", all.Masks.AsSpan(plane), Tolerance.Network);
            comparison.Compare($"{name}/{AllMasks}iou", all.Fit.AsSpan(1), Tolerance.Network);
        }

        if (file.Has($"{name}/{ZeroPrompt}masks"))
        {
            var none = part.RunOnTokens(features, new float[part.Bins * part.Sizes.Hidden]);
            var plane = none.Masks.Length / part.Sizes.MaskTokens;
            comparison.Compare($"{name}/{ZeroPrompt}masks", none.Masks.AsSpan(0, plane), Tolerance.Network);
            comparison.Compare($"{name}/{ZeroPrompt}iou", none.Fit.AsSpan(0, 1), Tolerance.Network);
        }

        if (file.Has($"{name}/{SingleSoftmax}masks"))
        {
            Once(file, comparison, part, name, features, states);
        }
    }

    // One softmax gives what was recorded as wrong, and what we build does not.
    private static void Once(
        GoldenFile file,
        GoldenComparison comparison,
        MaskPart part,
        string name,
        (float[] Values, long[] Shape) features,
        float[] states)
    {
        var recorded = file.Values($"{name}/{SingleSoftmax}masks");
        var (once, twice) = (part.Run(features, states, 1), part.Run(features, states, 2));
        comparison.Compare($"{name}/{SingleSoftmax}masks", once.Masks.AsSpan(0, recorded.Length), Tolerance.Network, "one softmax");
        comparison.Compare($"{name}/{SingleSoftmax}iou", once.Fit.AsSpan(0, 1), Tolerance.Network, "one softmax");
        var apart = recorded.Zip(twice.Masks, (left, right) => MathF.Abs(left - right)).Max();
        comparison.Check($"{name}/{SingleSoftmax}masks", apart > 0.01f, "two softmaxes must differ", apart);
    }
}
