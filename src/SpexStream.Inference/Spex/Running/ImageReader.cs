using SpexStream.Inference.Spex.Packs;

namespace SpexStream.Inference.Spex.Running;

/// <summary>Runs the vision graph on the images of a batch; several questions on one image read it once.</summary>
internal sealed class ImageReader(SpexModels models, SpexSizes sizes)
{
    /// <exception cref="ArgumentException">Images differ in size.</exception>
    public ImageSight Read(IReadOnlyList<SpexQuestion> questions)
    {
        var (side, bands) = (questions[0].Side, sizes.Vision.Backbone.Bands);
        var each = bands * side * side;
        // Memory is equal where it is the same memory.
        var images = questions.Select(question => question.Pixels).Distinct().ToList();
        var pixels = new float[images.Count * each];
        for (var row = 0; row < questions.Count; row++)
        {
            if (questions[row].Side != side || questions[row].Pixels.Length != each)
            {
                throw new ArgumentException(
                    $"Image {row} is not [{bands}, {side}, {side}] like the first.", nameof(questions));
            }
        }

        for (var image = 0; image < images.Count; image++)
        {
            images[image].CopyTo(pixels.AsMemory(image * each));
        }

        using var results = models.Vision.Session.Run(
            ["language_tokens", "mask_features"],
            ("pixels", TensorRun.Over(pixels.AsMemory(), images.Count, bands, side, side)));
        var tokens = results[0].GetTensorDataAsSpan<float>().ToArray();
        var features = results[1].GetTensorDataAsSpan<float>().ToArray();
        return new ImageSight(
            tokens,
            tokens.Length / images.Count,
            features,
            features.Length / images.Count,
            (int)results[1].GetTensorTypeAndShape().Shape[3],
            [.. questions.Select(question => images.IndexOf(question.Pixels))]);
    }
}
