using System.Text.Json.Nodes;
using SpexStream.Inference.Checkpoint;
using SpexStream.Inference.Spex.Verification;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Inference.Spex;

/// <summary>What is wrong with recorded results, or with a network, does not pass.</summary>
public sealed class GoldenFailureTests
{
    [RequiresGoldensTheory]
    [InlineData("dcnv3_core", "c11_16x16_spexlike_g10_gc2/input/offset")]
    [InlineData("dcnv3_module", "m3_dw5/input/x")]
    [InlineData("intern_image", "c_1x3x50x70/input/pixel_values")]
    [InlineData("neck", "aggregator/odd/input/stage3_nchw")]
    [InlineData("sam_decoder", "g5_odd/input/lan_feat")]
    [InlineData("qwen2", "weight/model.layers.1.self_attn.k_proj.bias")]
    [InlineData("end_to_end", "input/pixel_values")]
    public void A_scaled_input_is_seen(string name, string tensor)
    {
        var differences = Run(name, made => made.Change(tensor, value => value * 1.05f));

        Assert.Contains(differences, difference => !difference.Passed);
    }

    [RequiresGoldensTheory]
    [InlineData("qwen2", "prefill/output/logits")]
    [InlineData("sam_decoder", "g8/mid/sam.layer1.keys")]
    [InlineData("intern_image", "a_1x3x64x64/mid/agg.groupnorm_nchw")]
    [InlineData("end_to_end", "run2/output/sam_pred")]
    public void A_changed_result_is_named_alone(string name, string tensor)
    {
        var differences = Run(name, made => made.Change(tensor, value => value + 0.01f));

        var failed = differences.Where(difference => !difference.Passed).ToList();
        Assert.NotEmpty(failed);
        Assert.All(failed, difference => Assert.StartsWith(tensor, difference.Tensor, StringComparison.Ordinal));
    }

    [RequiresGoldensFact]
    public void A_recorded_tensor_that_no_stage_computes_is_a_failure()
    {
        var differences = Run("neck", made => made.Set("aggregator/sq/mid/unheard_of", [1], 0));

        Assert.Equal(
            "aggregator/sq/mid/unheard_of", Assert.Single(differences, difference => !difference.Passed).Tensor);
    }

    [RequiresGoldensFact]
    public void A_missing_weight_is_named()
    {
        var fault = Assert.Throws<CheckpointException>(
            () => Run("dcnv3_module", made => made.Remove("m0/weight/offset.bias")));

        Assert.Contains("'offset.bias' [36] is missing", fault.Message, StringComparison.Ordinal);
    }

    [RequiresGoldensTheory]
    [InlineData("example_prompt", "<|im_start|>system\nYou are a poet.<|im_end|>\n", "prompt/example_prompt")]
    [InlineData("separator", "<|end|>", "prompt/system, roles, separator")]
    [InlineData("image_placeholder", "<picture>", "prompt/image_placeholder")]
    public void Another_form_of_dialogue_is_seen(string field, string value, string check)
    {
        var differences = Described("prompt_template", description => description[field] = value);

        Assert.Contains(differences, difference => !difference.Passed && difference.Tensor == check);
    }

    [RequiresGoldensTheory]
    [InlineData("config")]
    [InlineData("config.vocab_size")]
    [InlineData("config.hidden_size")]
    public void A_description_that_does_not_fit_its_tensors_is_told(string path)
    {
        var fault = Assert.Throws<CheckpointException>(() => Described("qwen2", description =>
        {
            var parts = path.Split('.');
            var place = parts[..^1].Aggregate(description, (node, part) => node[part]!);
            place[parts[^1]] = "many";
        }));

        Assert.Contains("do not fit together", fault.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<GoldenDifference> Described(string name, Action<JsonNode> change)
    {
        using var folder = new TemporaryFolder();
        var path = GoldenFolder.Description(name);
        var description = JsonNode.Parse(File.ReadAllText(path))!;
        change(description);
        File.WriteAllText(folder[$"{name}.json"], description.ToJsonString());
        var tensors = Path.ChangeExtension(path, ".safetensors");
        if (File.Exists(tensors))
        {
            File.Copy(tensors, folder[$"{name}.safetensors"]);
        }

        return GoldenVerification.Run(folder[$"{name}.json"]);
    }

    private static IReadOnlyList<GoldenDifference> Run(string name, Action<MadeCheckpoint> change)
    {
        using var folder = new TemporaryFolder();
        var description = GoldenFolder.Description(name);
        var made = MadeCheckpoint.Read(Path.ChangeExtension(description, ".safetensors"));
        change(made);
        made.Write(folder[$"{name}.safetensors"]);
        File.Copy(description, folder[$"{name}.json"]);
        return GoldenVerification.Run(folder[$"{name}.json"]);
    }
}
