using Microsoft.ML.OnnxRuntime;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Checkpoint;
using SpexStream.Inference.Words;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>Runs every stage that a file with recorded results of the original holds, and compares.</summary>
public static class GoldenVerification
{
    /// <summary>Compares everything; what a file holds is told by the names of its tensors, and by the form of the
    /// dialogue where it describes that.</summary>
    /// <param name="jsonPath">The description; the tensors lie beside it, under the same name with
    /// ".safetensors". A form of dialogue needs none.</param>
    /// <param name="device">Where it is computed; the processor where nothing is said.</param>
    /// <exception cref="CheckpointException">The file cannot be read, or holds nothing that is known.</exception>
    /// <exception cref="DeviceFaultException">The device is not there.</exception>
    public static IReadOnlyList<GoldenDifference> Run(string jsonPath, ModelSessionOptions? device = null)
    {
        try
        {
            return Compare(jsonPath, device ?? new ModelSessionOptions { Device = DeviceName.Cpu });
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentException or ArithmeticException or IndexOutOfRangeException or OnnxRuntimeException)
        {
            // A size that the description lacks or misspells, a token that the table does not have.
            throw new CheckpointException(
                jsonPath, $"its description and its tensors do not fit together ({fault.Message})", fault);
        }
    }

    private static IReadOnlyList<GoldenDifference> Compare(string jsonPath, ModelSessionOptions device)
    {
        using var description = JsonFile.Read(jsonPath);
        var dialogue = PromptChecks.TemplateOf(description.RootElement) is { } template
            ? PromptChecks.Run(template)
            : [];
        if (dialogue.Count > 0 && !File.Exists(GoldenFile.TensorsOf(jsonPath)))
        {
            return dialogue;
        }

        using var file = GoldenFile.Open(jsonPath, description.RootElement.Clone(), device);
        var comparison = new GoldenComparison(file);
        foreach (var stage in Stages(file, jsonPath))
        {
            stage(file, comparison);
        }

        return [.. dialogue, .. comparison.Finish()];
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
