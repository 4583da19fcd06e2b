using SpexStream.Inference.Spex.Backend;
using SpexStream.Inference.Spex.Packs;

namespace SpexStream.Inference.Examination;

/// <summary>What can be said of a SPEX pack without running it.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="TokenizerTokens">Tokens that its tokenizer knows.</param>
/// <param name="MostPromptTokens">Most tokens of a prompt, beside the image and the longest answer.</param>
public sealed record SpexPackLook(SpexPack Pack, int TokenizerTokens, int MostPromptTokens)
{
    /// <summary>Checks every file.</summary>
    /// <exception cref="Domain.Ports.Models.ModelRefusedException">It cannot be used; all faults are in it.</exception>
    public static SpexPackLook Of(string folder)
    {
        using var model = new SpexModel(SpexPack.Load(folder), [], TimeProvider.System);
        return new(model.Pack, model.Tokenizer.Count, model.Prompts.MostTokens);
    }
}
