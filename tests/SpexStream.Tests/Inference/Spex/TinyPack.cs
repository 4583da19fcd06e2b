using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Spex.Import;
using SpexStream.Inference.Spex.Packs;
using SpexStream.Inference.Spex.Running;
using SpexStream.Inference.Spex.Weights;
using SpexStream.Inference.Words;
using SpexStream.Tests.Support;

namespace SpexStream.Tests.Inference.Spex;

/// <summary>A tiny untrained SPEX in a folder of its own.</summary>
public sealed class TinyPack : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyPack()
        : this(Precision.Float32)
    {
    }

    internal TinyPack(Precision precision, int seed = 7)
    {
        TinySpex.Write(seed, _folder["pack"], precision, Side);
        Pack = SpexPack.Load(_folder["pack"]);
        Tokenizer = Tokenizer.Open(_folder["pack"]);
    }

    /// <summary>Small, so that a test is quick.</summary>
    public const int Side = 64;

    internal SpexPack Pack { get; }

    internal Tokenizer Tokenizer { get; }

    internal SpexSession Open(int batch, bool plain = false) => new(
        Pack,
        new SpexSessionOptions(new ModelSessionOptions { Device = DeviceName.Cpu, BatchSize = batch })
        {
            PlainAttention = plain,
            MostPositions = 512,
        });

    internal SpexQuestion Ask(string text, int seed)
    {
        var random = new Random(seed);
        float[] pixels = [.. Enumerable.Range(0, 3 * Side * Side).Select(_ => (random.NextSingle() * 4) - 2)];
        return new SpexQuestion(pixels, Side, ChatPrompt.Tokens(Tokenizer, $"{ChatPrompt.ImagePlaceholder}\n{text}"));
    }

    public void Dispose() => _folder.Dispose();
}
