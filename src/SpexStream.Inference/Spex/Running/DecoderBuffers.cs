using SpexStream.Inference.Spex.Network;

namespace SpexStream.Inference.Spex.Running;

/// <summary>Host memory for calls of a decoder, allocated once for the largest of them.</summary>
internal sealed class DecoderBuffers
{
    /// <summary>Allocates for calls of up to so many tokens and answers over all rows together.</summary>
    public DecoderBuffers(LanguageModelSizes sizes, int tokens, int answers, int hidden)
    {
        Embeddings = new float[(long)tokens * sizes.Hidden];
        LogitPositions = new long[answers];
        Logits = new float[(long)answers * sizes.Vocabulary];
        Hidden = new float[(long)hidden * sizes.Hidden];
    }

    public float[] Embeddings { get; }

    public long[] LogitPositions { get; }

    public float[] Logits { get; }

    public float[] Hidden { get; }
}
