namespace SpexStream.Inference.Spex.Running;

/// <summary>An image and an instruction.</summary>
/// <param name="Pixels">[bands, side, side], normalised. Not kept.</param>
/// <param name="Side">Rows and columns of the image; the mask decoder takes square images only.</param>
/// <param name="Tokens">Numbers of the prompt's tokens; exactly one of them is <see cref="ImageToken"/>, where the image's
/// tokens go.</param>
public sealed record SpexQuestion(ReadOnlyMemory<float> Pixels, int Side, IReadOnlyList<int> Tokens)
{
    /// <summary>Stands for the image in a prompt.</summary>
    public const int ImageToken = -200;
}
