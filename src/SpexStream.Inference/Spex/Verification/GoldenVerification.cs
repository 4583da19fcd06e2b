using SpexStream.Inference.Checkpoint;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>Runs every stage that a file with recorded results of the original holds, on the processor, and compares.</summary>
public static class GoldenVerification
{
    /// <summary>Compares everything; what a file holds is told by the names of its tensors.</summary>
    /// <param name="jsonPath">The description; the tensors lie beside it, under the same name with ".safetensors".</param>
    /// <exception cref="CheckpointException">The file cannot be read, or holds nothing that is known.</exception>
    public static IReadOnlyList<GoldenDifference> Run(string jsonPath)
    {
        using var file = GoldenFile.Open(jsonPath);
        var comparison = new GoldenComparison(file);
        foreach (var stage in Stages(file, jsonPath))
        {
            stage(file, comparison);
        }

        return comparison.Finish();
    }

    private static IEnumerable<Action<GoldenFile, GoldenComparison>> Stages(GoldenFile file, string path)
    {
        if (file.Has("weight/patch_embed.conv1.weight"))
        {
            return [VisionChecks.Tower];
        }

        if (file.Has("weight/mask_decoder.iou_token.weight"))
        {
            return [MaskChecks.Run];
        }

        if (file.Has("llamaneck/weight/text_mlp.0.weight"))
        {
            return [CondensationChecks.Run, VisionChecks.AggregatorAndNeck];
        }

        if (file.CasesOf("weight/dw_conv.0.weight").Any())
        {
            return [DeformableChecks.Module];
        }

        if (file.Has("weight/model.mm_projector.0.weight"))
        {
            return [ChainChecks.Run];
        }

        if (file.Has("weight/model.embed_tokens.weight"))
        {
            return [LanguageChecks.Run];
        }

        return file.CasesOf("input/offset").Any()
            ? [DeformableChecks.Sampling]
            : throw new CheckpointException(path, "holds no stage that is known");
    }
}
