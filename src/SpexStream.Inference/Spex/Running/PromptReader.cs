using Microsoft.ML.OnnxRuntime;

namespace SpexStream.Inference.Spex.Running;

/// <summary>Puts the embeddings of a prompt together: words, the image's tokens, words.</summary>
internal sealed class PromptReader(InferenceSession embedding, int hidden)
{
    /// <summary>[tokens of the prompt - 1 + tokens of the image, hidden].</summary>
    /// <exception cref="ArgumentException">The prompt does not hold the image exactly once.</exception>
    public float[] Read(IReadOnlyList<int> tokens, ReadOnlySpan<float> image)
    {
        if (tokens.Count(token => token == SpexQuestion.ImageToken) != 1)
        {
            throw new ArgumentException("A prompt holds the image exactly once.", nameof(tokens));
        }

        var words = tokens.Where(token => token != SpexQuestion.ImageToken).Select(token => (long)token).ToArray();
        var before = tokens.TakeWhile(token => token != SpexQuestion.ImageToken).Count() * hidden;
        var prompt = new float[(words.Length * hidden) + image.Length];
        if (words.Length > 0)
        {
            using var results = embedding.Run(["embeddings"], ("ids", TensorRun.Over(words.AsMemory(), 1, words.Length)));
            var embedded = results[0].GetTensorDataAsSpan<float>();
            embedded[..before].CopyTo(prompt);
            embedded[before..].CopyTo(prompt.AsSpan(before + image.Length));
        }

        image.CopyTo(prompt.AsSpan(before));
        return prompt;
    }
}
