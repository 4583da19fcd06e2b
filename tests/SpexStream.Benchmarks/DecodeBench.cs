using System.Globalization;
using System.Numerics.Tensors;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Packs;
using SpexStream.Inference.Spex.Running;

namespace SpexStream.Benchmarks;

/// <summary>
/// decode FOLDER TOKENS ROUNDS: an answer of the tiny SPEX, without the reading of its prompt, against as many runs of
/// the bare decoder: nothing is embedded, chosen or kept there. A-B-A-B, after both gave the same tokens.
/// </summary>
internal static class DecodeBench
{
    private const int PromptTokens = 64;
    private const int Seed = 20261122;

    public static void Run(string[] arguments)
    {
        var folder = Path.Combine(arguments[0], "tiny");
        var tokens = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var rounds = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        TinySpex.Write(Seed, folder, mostNewTokens: tokens);
        var pack = SpexPack.Load(folder);
        var sizes = pack.Description.Sizes.Language;
        using var models = new SpexModels(
            pack, new ModelSessionOptions { Device = new(DeviceKind.Cpu, 0) }, plain: false);
        using var writer = new AnswerWriter(models, 1, PromptTokens + tokens);
        using var bare = new BareDecoder(pack.PathOf(SpexPackFiles.Decoder), sizes, PromptTokens + tokens);
        var random = new Random(Seed);
        float[] prompt = [.. Enumerable.Range(0, PromptTokens * sizes.Hidden).Select(_ => random.NextSingle() - 0.5f)];

        var said = Write(writer, prompt, tokens);
        bare.Begin(prompt);
        for (var i = 0; i < tokens; i++)
        {
            var next = TensorPrimitives.IndexOfMax(bare.Logits);
            if (next != said[i])
            {
                throw new InvalidOperationException($"Token {i}: {said[i]}, and the bare decoder says {next}.");
            }

            Embed(models, next, bare.Next);
            bare.Step(PromptTokens + i + 1);
        }

        var seconds = Rounds.Interleave(
            rounds,
            () => Write(writer, prompt, 1),
            () => Write(writer, prompt, tokens),
            () =>
            {
                // The token behind the prompt needs no step.
                for (var i = 1; i < tokens; i++)
                {
                    bare.Step(PromptTokens + i);
                }
            });
        var (ours, theirs) = (seconds[1] - seconds[0], seconds[2]);
        Json.Print(
            ("tokens", tokens), ("decode_tokens_per_second", (tokens - 1) / ours),
            ("bare_tokens_per_second", (tokens - 1) / theirs), ("prompt_seconds", seconds[0]),
            ("ratio", theirs / ours));
    }

    private static IReadOnlyList<int> Write(AnswerWriter writer, float[] prompt, int tokens) =>
        writer.Write([prompt], new SpexGeneration(tokens, []), CancellationToken.None)[0].Tokens;

    private static void Embed(SpexModels models, int token, Span<float> target)
    {
        using var found = models.Embedding.Session.Run(
            ["embeddings"], ("ids", TensorRun.Over<long>(new long[] { token }, 1, 1)));
        found[0].GetTensorDataAsSpan<float>().CopyTo(target);
    }
}
