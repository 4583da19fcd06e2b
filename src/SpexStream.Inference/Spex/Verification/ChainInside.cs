using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Network;
using SpexStream.Inference.Spex.Packs;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>What happens inside the whole model between an image and its mask.</summary>
internal sealed class ChainInside
{
    private const string Tower = ChainChecks.Weights + "model.vision_tower.";

    private readonly GoldenFile _file;
    private readonly SpexSizes _sizes;
    private readonly Dictionary<string, float[]> _seen;
    private readonly float[] _prompt;

    public ChainInside(GoldenFile file, SpexSizes sizes)
    {
        (_file, _sizes) = (file, sizes);
        _seen = Look();
        _prompt = Prompt();
    }

    /// <summary>Vision, prompt and mask decoder, from the states that a session gave.</summary>
    public void CheckParts(GoldenComparison comparison, string run, float[] states)
    {
        foreach (var (name, values) in _seen)
        {
            comparison.Compare($"{run}/mid/vision.{name}", values, Tolerance.ChainInside);
            comparison.Compare($"{run}/mid/{name}", values, Tolerance.ChainInside);
        }

        comparison.Compare($"{run}/mid/prompt.inputs_embeds", _prompt, Tolerance.ChainInside);
        var grid = (long)Math.Sqrt(_seen["sam_feat_nchw"].Length / _sizes.MaskDecoder.Hidden);
        new MaskPart(_file, Tower, _sizes.MaskDecoder, _file.Description.GetProperty("config").GetProperty("llamaneck"))
            .Check(
            comparison,
            run,
            (_seen["sam_feat_nchw"], [1, _sizes.MaskDecoder.Hidden, grid, grid]),
            states,
            Tolerance.ChainInside,
            Tolerance.ChainMasks);
    }

    /// <summary>Logits and states of each step, reading the recorded tokens.</summary>
    public void CheckSteps(GoldenComparison comparison, string run, bool grouped)
    {
        using var part = new LanguagePart(_file, _sizes.Language, grouped);
        var tokens = _file.Integers($"{run}/output/tokens");
        var last = $"hidden_states.{_sizes.Language.Layers}";
        var (logits, inside) = part.Read(_prompt);
        comparison.Compare($"{run}/mid/prefill.hidden_last_layer", inside[last], Tolerance.ChainStates, part.Form);
        for (var step = 0; ; step++)
        {
            var own = logits.AsSpan(logits.Length - _sizes.Language.Vocabulary);
            comparison.Compare($"{run}/mid/gen.logits_step{step}", own, Tolerance.ChainStates, part.Form);
            if (step > 0)
            {
                comparison.Compare(
                    $"{run}/mid/gen.hidden_last_step{step}", inside[last], Tolerance.ChainStates, part.Form);
            }

            if (step == tokens.Length - 1)
            {
                break;
            }

            (logits, inside) = part.Step(tokens[step]);
        }

        foreach (var (name, values) in inside.Where(entry => entry.Key.StartsWith("past.", StringComparison.Ordinal)))
        {
            comparison.Compare($"{run}/mid/gen.final_{name}", values, Tolerance.ChainInside, part.Form);
        }
    }

    private Dictionary<string, float[]> Look()
    {
        var bands = _sizes.Vision.Backbone.Bands;
        var wanted = _file.Results.Select(
            name => name[(name.LastIndexOf('/') + 1)..].Replace("vision.", string.Empty, StringComparison.Ordinal))
            .Concat(["llm_feat", "sam_feat_nchw"]);
        using var tower = ProbeGraph.Of(_file, $"{Tower}vision_tower.vision_model.", wanted, net =>
            net.Tower(
                net.Graph.Input("pixels", ElementType.Float32, "batch", bands, "rows", "columns"), _sizes.Vision));
        var seen = tower.Run(DeformableChecks.Input(_file, "input/pixel_values"));
        var (hidden, width) = (_sizes.Vision.AggregatorHidden, _sizes.Language.Hidden);
        using var projector = ProbeGraph.Of(
            _file, $"{ChainChecks.Weights}model.mm_projector.", ["projector.0", "projector.out"],
            net => net.Projector(
                net.Graph.Input("tokens", ElementType.Float32, "batch", "tokens", hidden), hidden,
                    _sizes.ProjectorHidden, width));
        foreach (var (name, values) in projector.Run((seen["llm_feat"], [1, seen["llm_feat"].Length / hidden, hidden])))
        {
            seen[name] = values;
        }

        return seen;
    }

    private float[] Prompt()
    {
        var table = _file.Values($"{ChainChecks.Weights}model.embed_tokens.weight");
        var (width, image) = (_sizes.Language.Hidden, _file.Description.Int("image_token_index"));
        return [.. _file.Integers("input/input_ids").SelectMany(
            id => id == image ? _seen["projector.out"] : table.AsSpan((int)id * width, width).ToArray())];
    }
}
