using Microsoft.ML.OnnxRuntime;

namespace SpexStream.Inference.Spex.Running;

/// <summary>Keys and values of what a language model has read so far. One thread at a time.</summary>
internal interface IDecoderCache : IDisposable
{
    /// <summary>Forgets everything and takes rows of these lengths next, padded on the right to the longest.</summary>
    /// <exception cref="ArgumentException">The form cannot hold rows of different lengths.</exception>
    void Begin(ReadOnlySpan<int> lengths);

    /// <summary>One more token comes for each row that is marked; the others repeat their last one, to no effect.</summary>
    void Advance(ReadOnlySpan<bool> active);

    /// <summary>Binds past and present of the next call.</summary>
    void Bind(OrtIoBinding binding);

    /// <summary>Takes what the call has written.</summary>
    void Take(OrtIoBinding binding);

    /// <summary>A copy of what is kept for one layer, [rows, heads, tokens, width]. For tests and comparisons.</summary>
    float[] Snapshot(int layer, bool values);
}
