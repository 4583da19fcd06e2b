using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Devices;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Network;
using SpexStream.Inference.Spex.Running;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>The language model: prompt and steps, with grouped and with plain attention.</summary>
internal static class LanguageChecks
{
    public static LanguageModelSizes Sizes(JsonElement config) => new()
    {
        Vocabulary = config.Int("vocab_size"),
        Hidden = config.Int("hidden_size"),
        Perceptron = config.Int("intermediate_size"),
        Layers = config.Int("num_hidden_layers"),
        Heads = config.Int("num_attention_heads"),
        KeyValueHeads = config.Int("num_key_value_heads"),
        RotaryBase = config.Float("rope_theta", 1e6f),
        Epsilon = config.Float("rms_norm_eps", 1e-6f),
        Tied = config.GetProperty("tie_word_embeddings").GetBoolean(),
        Positions = config.Int("max_position_embeddings"),
    };

    public static void Run(GoldenFile file, GoldenComparison comparison)
    {
        var sizes = Sizes(file.Description.GetProperty("config"));
        Rotations(file, comparison, sizes);
        Embeddings(file, comparison);
        foreach (var grouped in new[] { true, false })
        {
            using var part = new LanguagePart(file, sizes, grouped);
            Generation(file, comparison, part);
            var ids = file.Has("extra/full_forward_nocache/input_ids")
                ? file.Integers("extra/full_forward_nocache/input_ids")
                : [];
            if (ids.Length > 0)
            {
                var all = part.Prompt(ids);
                comparison.Compare("extra/full_forward_nocache/logits", all.Logits, Tolerance.Network, part.Form);
                comparison.Check("extra/full_forward_nocache/input_ids", true, "is an input", 0);
            }
        }
    }

    private static void Generation(GoldenFile file, GoldenComparison comparison, LanguagePart part)
    {
        var tokens = new List<float>();
        var results = part.Prompt(file.Integers("input/input_ids"));
        var name = "prefill";
        for (var step = 1; ; step++)
        {
            comparison.Compare($"{name}/output/logits", results.Logits, Tolerance.Network, part.Form);
            comparison.CompareAll($"{name}/mid", results.Inside, Tolerance.Network, part.Form);
            tokens.Add(Best(results.Logits, part.Sizes.Vocabulary));
            name = $"step{step}";
            if (!file.Has($"{name}/input/input_id"))
            {
                break;
            }

            results = part.Step(file.Integers($"{name}/input/input_id")[0]);
        }

        comparison.Compare("output/greedy_tokens", tokens.ToArray(), Tolerance.Exact, part.Form);
    }

    private static void Rotations(GoldenFile file, GoldenComparison comparison, LanguageModelSizes sizes)
    {
        comparison.Compare("mid/inv_freq", RotaryTables.Frequencies(sizes), Tolerance.Module);
        foreach (
            var (name, table) in new[] { ("cos", RotaryTables.Cosines(sizes)), ("sin", RotaryTables.Sines(sizes)) })
        {
            var half = sizes.HeadWidth / 2;
            var positions = file.Has("input/position_ids") ? file.Integers("input/position_ids") : [];
            float[] doubled = [.. positions.SelectMany(
                position =>
                    Enumerable.Repeat(table.AsSpan((int)position * half, half).ToArray(), 2).SelectMany(row => row))];
            comparison.Compare($"mid/rope_{name}_prefill", doubled, Tolerance.Module);
        }
    }

    private static void Embeddings(GoldenFile file, GoldenComparison comparison)
    {
        var table = file.Values("weight/model.embed_tokens.weight");
        var width = (int)file.Shape("weight/model.embed_tokens.weight")[1];
        float[] rows =
            [.. file.Integers("input/input_ids").SelectMany(id => table.AsSpan((int)id * width, width).ToArray())];
        comparison.Compare("input/inputs_embeds", rows, Tolerance.Exact);
    }

    private static int Best(float[] logits, int vocabulary) =>
        System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits.AsSpan(logits.Length - vocabulary));
}
