using SpexStream.Daemon.Commands.Input;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Daemon.Commands;

/// <summary>What the verbs that write SPEX packs share.</summary>
internal static class SpexPackOptions
{
    /// <summary>Pixels of the image for one place of the mask decoder's grid.</summary>
    private const int Step = 16;

    public static CheckedOption<string?> Precision() => Texts.Word(
        "--precision", "Number format of large products; norms and sampling are float32 in both", "fp32", "fp32",
            "fp16");

    public static Precision PrecisionOf(string? word) =>
        word == "fp16" ? Inference.Spex.Weights.Precision.Float16 : Inference.Spex.Weights.Precision.Float32;

    public static CheckedOption<int> Size() => Numbers.Whole(
        "--image-size", "Side of the model's image in pixels", $"a multiple of {Step} from {Step} to 2048", 512,
        value => value is >= Step and <= 2048 && value % Step == 0);

    public static CheckedOption<int> Tokens(int otherwise) =>
        Numbers.Whole("--max-tokens", "Most tokens of an answer", 1, 4096, otherwise);
}
