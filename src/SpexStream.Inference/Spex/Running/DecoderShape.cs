using SpexStream.Inference.Spex.Network;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Running;

/// <summary>What a decoder graph was written for.</summary>
/// <param name="Sizes">Sizes of the language model.</param>
/// <param name="Precision">Number format of its cache.</param>
/// <param name="Grouped">Whether it shares one cache buffer between past and present.</param>
internal sealed record DecoderShape(LanguageModelSizes Sizes, Precision Precision, bool Grouped);
