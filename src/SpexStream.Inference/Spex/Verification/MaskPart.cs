using System.Text.Json;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Network;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>From features and states to masks, with everything inside that a file recorded.</summary>
internal sealed class MaskPart
{
    // Where a logit is so close to zero that rounding may turn the pixel.
    private const float Undecided = 1e-3f;

    private readonly GoldenFile _file;
    private readonly string _weights;
    private readonly int _width;

    public MaskPart(GoldenFile file, string weights, MaskDecoderSizes sizes, JsonElement neck) =>
        (_file, _weights, Sizes, _width, Bins) = (
            file, weights, sizes, neck.Int("input_channels"), neck.Int("num_seq"));

    public MaskDecoderSizes Sizes { get; }

    public int Bins { get; }

    /// <summary>Compares a case from its features and states on.</summary>
    public void Check(
        GoldenComparison comparison,
        string name,
        (float[] Values, long[] Shape) features,
        float[] states,
        Tolerance inside,
        Tolerance masks)
    {
        var pooled = Pool(states);
        comparison.Compare(
            $"{name}/mid/condense.pooled_ncl", CondensationChecks.ChannelsBeforeBins(pooled, _width), inside);
        using var part = Part(2, condense: true);
        var results = part.Run((pooled, [1, Bins, _width]), features);
        comparison.CompareAll($"{name}/mid", results, inside);
        var plane = results["masks"].Length / Sizes.MaskTokens;
        var logits = results["masks"].AsSpan(0, plane).ToArray();
        comparison.Compare($"{name}/output/lowres_mask_logits", logits, masks);
        comparison.Compare($"{name}/output/iou_pred", results["fit"].AsSpan(0, 1), inside);
        CheckPixels(comparison, name, logits);
    }

    public (float[] Masks, float[] Fit) Run((float[] Values, long[] Shape) features, float[] states, int softmaxes)
    {
        using var part = Part(softmaxes, condense: true);
        var results = part.Run((Pool(states), [1, Bins, _width]), features);
        return (results["masks"], results["fit"]);
    }

    public (float[] Masks, float[] Fit) RunOnTokens((float[] Values, long[] Shape) features, float[] tokens)
    {
        using var part = Part(2, condense: false);
        var results = part.Run((tokens, [1, Bins, Sizes.Hidden]), features);
        return (results["masks"], results["fit"]);
    }

    // Undecided pixels take the recorded side, so that the rest, and what is resized from them, can be compared
    // exactly.
    private void CheckPixels(GoldenComparison comparison, string name, float[] logits)
    {
        if (!_file.Has($"{name}/output/lowres_mask_logits") || !_file.Has($"{name}/output/sam_pred"))
        {
            return;
        }

        var recorded = _file.Values($"{name}/output/lowres_mask_logits");
        if (recorded.Length != logits.Length)
        {
            return;
        }

        float[] binary =
            [.. logits.Zip(recorded, (own, theirs) => (MathF.Abs(theirs) < Undecided ? theirs : own) > 0 ? 1f : 0f)];
        comparison.Compare($"{name}/output/mask_binary_lowres", binary, Tolerance.Exact);
        var size = _file.Shape($"{name}/output/sam_pred");
        var soft = new float[size[^1] * size[^2]];
        MaskResize.Bilinear(binary, (int)_file.Shape($"{name}/output/lowres_mask_logits")[^1], soft, (int)size[^1]);
        comparison.Compare($"{name}/output/sam_pred", soft, Tolerance.Module);
    }

    private float[] Pool(float[] states)
    {
        var pooled = new float[Bins * _width];
        Condensation.Pool(states, _width, Bins, pooled);
        return pooled;
    }

    private ProbeGraph Part(int softmaxes, bool condense) => ProbeGraph.Of(
        _file, _weights,
        ["masks", "fit", .. _file.Results.Where(name => name.Contains("/mid/", StringComparison.Ordinal))
            .Select(name => name[(name.LastIndexOf('/') + 1)..])],
        net =>
        {
            var given = net.Graph.Input(
                "prompt", ElementType.Float32, "batch", Bins, condense ? _width : Sizes.Hidden);
            var features = net.Graph.Input("features", ElementType.Float32, "batch", Sizes.Hidden, "rows", "columns");
            var tokens = condense ? net.At("lan_neck").Condense(given, _width, Sizes.Hidden) : given;
            var (masks, fit) = net.Mask(features, tokens, Sizes, Sizes.MaskTokens, softmaxes);
            net.Traced("masks", masks);
            net.Traced("fit", fit);
        });
}
