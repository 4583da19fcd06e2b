using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using SpexStream.Inference.Spex.Network;
using SpexStream.Inference.Spex.Packs;

namespace SpexStream.Inference.Spex.Running;

/// <summary>Condenses the states of answers and draws their masks.</summary>
internal sealed class MaskReader(InferenceSession session, SpexSizes sizes)
{
    /// <summary>A mask for each answer that has states; null for the others.</summary>
    /// <exception cref="InvalidDataException">A logit is not a number.</exception>
    public SpexMask?[] Read(IReadOnlyList<float[]> states, ImageSight sight)
    {
        int[] rows = [.. Enumerable.Range(0, states.Count).Where(row => states[row].Length > 0)];
        var masks = new SpexMask?[states.Count];
        if (rows.Length == 0)
        {
            return masks;
        }

        var (hidden, bins) = (sizes.Language.Hidden, sizes.CondensedTokens);
        var pooled = new float[rows.Length * bins * hidden];
        var features = new float[rows.Length * sight.FeaturesEach];
        for (var index = 0; index < rows.Length; index++)
        {
            Condensation.Pool(states[rows[index]], hidden, bins, pooled.AsSpan(index * bins * hidden, bins * hidden));
            sight.MaskFeatures(rows[index]).CopyTo(features.AsSpan(index * sight.FeaturesEach));
        }

        using var results = session.Run(
            ["logits", "fit"],
            ("pooled", TensorRun.Over(pooled.AsMemory(), rows.Length, bins, hidden)),
            ("features",
                TensorRun.Over(features.AsMemory(), rows.Length, sizes.MaskDecoder.Hidden, sight.Grid, sight.Grid)));
        var logits = results[0].GetTensorDataAsSpan<float>();
        if (float.IsNaN(TensorPrimitives.Max(logits)))
        {
            // Compared with zero it would pass for a "no".
            throw new InvalidDataException("The mask decoder gave a logit that is not a number.");
        }

        var fit = results[1].GetTensorDataAsSpan<float>();
        var side = 4 * sight.Grid;
        for (var index = 0; index < rows.Length; index++)
        {
            masks[rows[index]] = new SpexMask(
                logits.Slice(index * side * side, side * side).ToArray(), side,
                    fit[index * sizes.MaskDecoder.MaskTokens]);
        }

        return masks;
    }
}
