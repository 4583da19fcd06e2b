using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Spex.Running;
using SpexStream.Inference.Spex.Weights;
using Xunit;

namespace SpexStream.Tests.Inference.Spex;

/// <summary>An answer is the same to the last bit whoever shares its batch: a scene that is worked on once more, after
/// a crash or on fewer devices, has other batches.</summary>
public sealed class SpexRepeatTests
{
    private const int Seed = 20260502;
    private const int Questions = 24;

    [Theory]
    [InlineData(Precision.Float32, false, 1)]
    [InlineData(Precision.Float32, false, 2)]
    [InlineData(Precision.Float32, true, 1)]
    [InlineData(Precision.Float16, false, 1)]
    public void An_answer_does_not_depend_on_who_shares_its_batch(Precision precision, bool plain, int threads)
    {
        using var pack = new TinyPack(precision);
        var random = new Random(Seed);
        SpexQuestion[] questions =
            [.. Enumerable.Range(0, Questions).Select(seed => pack.Ask(new string('x', random.Next(1, 400)), seed))];
        using var single = Open(pack, 1, plain, threads);
        var free = new SpexGeneration(10, []);
        var alone = questions.Select(question => single.Answer(question, free)).ToList();
        // Answers of different lengths, too: a token that some of them hold ends them.
        var ended = free with { EndTokens = [alone[3].Tokens[3]] };
        foreach (var generation in new[] { free, ended })
        {
            alone = [.. questions.Select(question => single.Answer(question, generation))];
            foreach (var size in new[] { 2, 3, 4, 8 })
            {
                using var session = Open(pack, size, plain, threads);
                int[] order = [.. Enumerable.Range(0, Questions)];
                random.Shuffle(order);
                var answers = session.Answer([.. order.Select(index => questions[index])], generation);
                for (var row = 0; row < order.Length; row++)
                {
                    Assert.True(
                        IsSame(alone[order[row]], answers[row]),
                        $"seed {Seed}: batches of {size}, question {order[row]} is answered differently at {row}");
                }
            }
        }
    }

    private static SpexSession Open(TinyPack pack, int batch, bool plain, int threads) => new(
        pack.Pack,
        new SpexSessionOptions(new ModelSessionOptions
        {
            Device = DeviceName.Cpu,
            BatchSize = batch,
            Threads = threads,
        })
        {
            PlainAttention = plain,
            MostPositions = 512,
        });

    private static bool IsSame(SpexAnswer left, SpexAnswer right) =>
        left.Tokens.SequenceEqual(right.Tokens)
        && left.States.AsSpan().SequenceEqual(right.States)
        && (left.Mask is null) == (right.Mask is null)
        && (left.Mask is null || left.Mask.Logits.Span.SequenceEqual(right.Mask!.Logits.Span));
}
