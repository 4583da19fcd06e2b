using System.Text.Json;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Packs;
using SpexStream.Inference.Spex.Running;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>The whole model: imported into a pack, asked through a session, and looked into part by part.</summary>
internal static class ChainChecks
{
    public const string Weights = "weight/";

    public static void Run(GoldenFile file, GoldenComparison comparison)
    {
        var folder = Directory.CreateTempSubdirectory("spex-verify-").FullName;
        try
        {
            var pack = Import(file, Path.Combine(folder, "pack"));
            var inside = new ChainInside(file, pack.Description.Sizes);
            var longest = Runs(file).Max(run => file.Integers($"{run}/output/tokens").Length);
            foreach (var plain in new[] { false, true })
            {
                using var session = new SpexSession(
                    pack, new SpexSessionOptions(file.Device) { PlainAttention = plain });
                foreach (var run in Runs(file))
                {
                    var answer = session.Answer(Question(file), Generation(file, run, longest));
                    Compare(comparison, run, answer, plain ? "session, plain" : "session, grouped");
                    inside.CheckSteps(comparison, run, !plain);
                    if (!plain)
                    {
                        inside.CheckParts(comparison, run, answer.States);
                    }
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static IEnumerable<string> Runs(GoldenFile file) => file.CasesOf("output/tokens");

    /// <summary>Brings the recorded weights into a pack, as those of a checkpoint.</summary>
    public static SpexPack Import(GoldenFile file, string folder, Precision precision = Precision.Float32)
    {
        SpexImporter.Import(
            file.Tensors,
            new CheckpointConfig(file.Description.GetProperty("config")),
            folder,
            // The size of a pack's own pictures; what is recorded is asked about in its own size.
            new SpexImportOptions
            {
                Name = "golden",
                Precision = precision,
                SizePixels = (file.Description.Int("image_hw") + 15) / 16 * 16,
            },
            [],
            _ => { },
            _ => { },
            Weights);
        return SpexPack.Load(folder);
    }

    public static SpexQuestion Question(GoldenFile file) => new(
        file.Values("input/pixel_values"),
        (int)file.Shape("input/pixel_values")[3],
        [.. file.Integers("input/input_ids").Select(id => (int)id)]);

    /// <summary>A variant says where it stops; else a run stops where it was recorded to.</summary>
    public static SpexGeneration Generation(GoldenFile file, string run, int longest)
    {
        var variant = file.Description.TryGetProperty("variants", out var variants)
            ? variants.EnumerateArray().FirstOrDefault(entry => entry.GetProperty("name").GetString() == run)
            : default;
        if (variant.ValueKind != JsonValueKind.Object)
        {
            return new SpexGeneration(file.Integers($"{run}/output/tokens").Length, []);
        }

        return variant.TryGetProperty("eos_token_id", out var end) && end.ValueKind == JsonValueKind.Number
            ? new SpexGeneration(longest, [end.GetInt32()])
            : new SpexGeneration(variant.Int("max_new_tokens"), []);
    }

    private static void Compare(GoldenComparison comparison, string run, SpexAnswer answer, string form)
    {
        comparison.Compare(
            $"{run}/output/tokens", answer.Tokens.Select(token => (float)token).ToArray(), Tolerance.Exact, form);
        comparison.Compare($"{run}/mid/gen.lan_feat", answer.States, Tolerance.ChainStates, form);
        if (answer.Mask is { } mask)
        {
            comparison.Compare($"{run}/output/lowres_mask_logits", mask.Logits.Span, Tolerance.ChainMasks, form);
            comparison.Compare($"{run}/output/iou_pred", [mask.Fit], Tolerance.ChainStates, form);
        }
    }
}
