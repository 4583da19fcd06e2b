using SpexStream.Inference.Spex.Packs;

namespace SpexStream.Inference.Spex.Running;

/// <summary>Runs the vision graph on a batch of images.</summary>
internal sealed class ImageReader(SpexModels models, SpexSizes sizes)
{
    /// <exception cref="ArgumentException">Images differ in size.</exception>
    public ImageSight Read(IReadOnlyList<SpexQuestion> questions)
    {
        var (side, bands) = (questions[0].Side, sizes.Vision.Backbone.Bands);
        var each = bands * side * side;
        var pixels = new float[questions.Count * each];
        for (var row = 0; row < questions.Count; row++)
        {
            if (questions[row].Side != side || questions[row].Pixels.Length != each)
            {
                throw new ArgumentException(
                    $"Image {row} is not [{bands}, {side}, {side}] like the first.", nameof(questions));
            }

            questions[row].Pixels.CopyTo(pixels.AsMemory(row * each));
        }

        using var results = models.Vision.Session.Run(
            ["language_tokens", "mask_features"],
            ("pixels", TensorRun.Over(pixels.AsMemory(), questions.Count, bands, side, side)));
        var tokens = results[0].GetTensorDataAsSpan<float>().ToArray();
        var features = results[1].GetTensorDataAsSpan<float>().ToArray();
        return new ImageSight(
            tokens,
            tokens.Length / questions.Count,
            features,
            features.Length / questions.Count,
            (int)results[1].GetTensorTypeAndShape().Shape[3]);
    }
}
