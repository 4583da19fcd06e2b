using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SpexStream.Domain.Backends;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;
using SpexStream.Domain.Spie;
using SpexStream.Inference.Spex.Packs;
using SpexStream.Inference.Words;

namespace SpexStream.Inference.Spex.Backend;

/// <summary>Questions in the words of a pack, short enough for its cache. Safe for use from several threads.</summary>
internal sealed class SpexPrompts
{
    private readonly Tokenizer _tokenizer;
    private readonly SpexDescription _description;

    /// <summary>Prepares for a pack.</summary>
    /// <exception cref="Checkpoint.CheckpointException">The tokenizer does not know turns, or the pack has no room for
    /// a question.</exception>
    public SpexPrompts(Tokenizer tokenizer, SpexDescription description)
    {
        (_tokenizer, _description) = (tokenizer, description);
        // Vision halves four times; its tokens stand in the prompt in place of the image's.
        var grid = description.Input.SizePixels / 16;
        MostTokens = description.Limits.MostPositions - description.Limits.MostNewTokens - (grid * grid) + 1;
        Shortest = ChatPrompt.Tokens(tokenizer, ChatPrompt.ImagePlaceholder);
        var least = LandCoverClasses.All.Max(value => OfRegions(value, []).Tokens.Length);
        if (least > MostTokens)
        {
            throw new Checkpoint.CheckpointException(
                SpexPackFiles.Description,
                $"most_positions {description.Limits.MostPositions} leaves room for a prompt of "
                + $"{Math.Max(0, MostTokens)} tokens beside the image and the longest answer; a question has {least} at least");
        }
    }

    /// <summary>Most tokens of a prompt that leave room for the longest answer.</summary>
    public int MostTokens { get; }

    /// <summary>A prompt that says nothing but the image.</summary>
    public int[] Shortest { get; }

    /// <summary>Asks for the regions that the rules found; the least of them are left out where the prompt would be too
    /// long.</summary>
    /// <param name="value">The class.</param>
    /// <param name="regions">The regions, largest first.</param>
    public SpexAsk OfRegions(LandCoverClass value, ImmutableArray<SpieAttributes> regions)
    {
        for (var count = Math.Min(regions.Length, SpiePrompt.MaxRegions); ; count--)
        {
            var message = SpiePrompt.Message(WordOf(value), regions.Take(count));
            var tokens = ChatPrompt.Tokens(_tokenizer, message);
            if (tokens.Length <= MostTokens || count == 0)
            {
                return Of(value, message, tokens);
            }
        }
    }

    /// <summary>Asks in a station's own words.</summary>
    /// <exception cref="InstructionException">They cannot be asked.</exception>
    public SpexAsk OfInstruction(string instruction)
    {
        if (SpieInstruction.Fault(instruction) is { } fault)
        {
            throw new InstructionException(fault);
        }

        var message = SpieInstruction.Message(instruction);
        var tokens = ChatPrompt.Tokens(_tokenizer, message);
        return tokens.Length <= MostTokens
            ? Of(SpieInstruction.ClassOf(instruction)!.Value, message, tokens)
            : throw new InstructionException(
                $"it has {tokens.Length} tokens with what stands around it; the model has room for {MostTokens}");
    }

    private static SpexAsk Of(LandCoverClass value, string message, int[] tokens) => new(
        value,
        [.. tokens],
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ChatPrompt.Text(message)))));

    private string WordOf(LandCoverClass value) =>
        _description.ClassWords.GetValueOrDefault(value.Slug()) ?? SpiePrompt.ClassWord(value);
}
