using SpexStream.Domain.LandCover;
using SpexStream.Inference.Spex.Running;

namespace SpexStream.Inference.Spex.Backend;

/// <summary>Reads a mask into an evidence. Scratch of one thread.</summary>
internal sealed unsafe class MaskCover
{
    private float[] _logits = [];

    /// <summary>Resizes the logits to the pixels that the picture showed; above zero the class holds. What hides the
    /// ground stays.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="edge">Rows and columns of the scene that the picture showed.</param>
    /// <param name="value">The class.</param>
    /// <param name="evidence">Begun.</param>
    public void Write(SpexMask mask, int edge, LandCoverClass value, TileEvidence evidence)
    {
        if (_logits.Length != edge * edge)
        {
            _logits = new float[edge * edge];
        }

        mask.Resize(_logits, edge);
        var (core, bit) = (evidence.Core, CoverCode.RegionBit(value));
        for (var y = 0; y < core.Height; y++)
        {
            var codes = evidence.Codes(y);
            var confidence = evidence.Confidence(value, y);
            for (var x = 0; x < core.Width; x++)
            {
                if (codes[x] < CoverCode.FirstReason)
                {
                    var logit = _logits[(y * edge) + x];
                    codes[x] |= logit > 0 ? bit : CoverCode.Land;
                    // Of the decision: what is yes with 20 % is no with 80 %.
                    confidence[x] = (byte)((100 / (1 + MathF.Exp(-MathF.Abs(logit)))) + 0.5f);
                }
            }
        }
    }
}
