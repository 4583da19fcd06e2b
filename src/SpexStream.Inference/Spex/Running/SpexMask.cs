using SpexStream.Inference.Spex.Network;

namespace SpexStream.Inference.Spex.Running;

/// <summary>A mask as the decoder draws it: logits on a grid coarser than the image.</summary>
/// <param name="Logits">[side, side]; above zero means yes.</param>
/// <param name="Side">Rows and columns.</param>
/// <param name="Fit">How well the decoder believes it fits; not used by the original.</param>
public sealed record SpexMask(ReadOnlyMemory<float> Logits, int Side, float Fit)
{
    /// <summary>Logits in the size of the image, bilinear. Above zero means yes: edges are finer than with
    /// <see cref="OriginalOrder"/>.</summary>
    /// <param name="target">Receives [rows, columns].</param>
    /// <param name="columns">Columns of the target.</param>
    public void Resize(Span<float> target, int columns) => MaskResize.Bilinear(Logits.Span, Side, target, columns);

    /// <summary>As the original does it: first yes (1) or no (0), then resized, so that edges are between the two.</summary>
    /// <param name="target">Receives [rows, columns].</param>
    /// <param name="columns">Columns of the target.</param>
    public void OriginalOrder(Span<float> target, int columns)
    {
        var logits = Logits.Span;
        var binary = new float[logits.Length];
        for (var index = 0; index < binary.Length; index++)
        {
            binary[index] = logits[index] > 0 ? 1 : 0;
        }

        MaskResize.Bilinear(binary, Side, target, columns);
    }
}
