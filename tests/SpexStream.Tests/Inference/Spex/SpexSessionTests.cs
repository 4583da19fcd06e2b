using SpexStream.Inference.Spex.Running;
using SpexStream.Inference.Spex.Weights;
using Xunit;

namespace SpexStream.Tests.Inference.Spex;

public sealed class SpexSessionTests(TinyPack tiny) : IClassFixture<TinyPack>
{
    private static readonly SpexGeneration Eight = new(8, []);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Prompts_of_different_lengths_in_one_batch_are_answered_as_if_each_were_alone(bool plain)
    {
        SpexQuestion[] questions = [tiny.Ask("water?", 1), tiny.Ask("vegetation, and a good deal more of it?", 2),
            tiny.Ask("b", 3)];
        using var together = tiny.Open(3, plain);
        using var apart = tiny.Open(1, plain);

        var answers = together.Answer(questions, Eight);

        Assert.Equal(plain, together.OneByOneReason is not null);
        for (var row = 0; row < questions.Length; row++)
        {
            var alone = apart.Answer(questions[row], Eight);
            Assert.Equal(alone.Tokens, answers[row].Tokens);
            Assert.Equal(AnswerEnd.Limit, answers[row].Ended);
            AssertClose(alone.Mask!, answers[row].Mask!, 1e-3f);
        }
    }

    [Fact]
    public void Both_forms_of_attention_give_the_same_answer()
    {
        using var grouped = tiny.Open(1);
        using var plain = tiny.Open(1, plain: true);

        var (left, right) = (grouped.Answer(tiny.Ask("water", 4), Eight), plain.Answer(tiny.Ask("water", 4), Eight));

        Assert.Equal(left.Tokens, right.Tokens);
        AssertClose(left.Mask!, right.Mask!, 1e-3f);
    }

    [Fact]
    public void Rows_of_a_batch_that_end_early_do_not_change_the_others()
    {
        SpexQuestion[] questions = [tiny.Ask("water", 5), tiny.Ask("buildings at the edge", 6)];
        using var session = tiny.Open(2);
        var free = session.Answer(questions, new SpexGeneration(12, []));
        var end = free[0].Tokens[2];

        var ended = session.Answer(questions, new SpexGeneration(12, [end]));

        var expected = free[0].Tokens.Take(free[0].Tokens.ToList().IndexOf(end) + 1);
        Assert.Equal(expected, ended[0].Tokens);
        Assert.Equal(AnswerEnd.EndToken, ended[0].Ended);
        var other = free[1].Tokens.ToList().IndexOf(end);
        Assert.Equal(other < 0 ? free[1].Tokens : free[1].Tokens.Take(other + 1), ended[1].Tokens);
    }

    [Fact]
    public void An_answer_of_one_token_has_no_mask_and_says_why()
    {
        using var session = tiny.Open(1);

        var answer = session.Answer(tiny.Ask("water", 1), new SpexGeneration(1, []));

        Assert.Single(answer.Tokens);
        Assert.Null(answer.Mask);
        Assert.Equal(SpexSession.OneToken, answer.NoMaskReason);
    }

    [Fact]
    public void A_session_answers_the_same_again_after_other_questions()
    {
        using var session = tiny.Open(2);
        var first = session.Answer(tiny.Ask("water", 1), Eight);
        session.Answer([tiny.Ask("a much longer question than that", 8), tiny.Ask("c", 9)], Eight);

        Assert.Equal(first.Tokens, session.Answer(tiny.Ask("water", 1), Eight).Tokens);
    }

    [Fact]
    public void Cancelling_stops_between_two_tokens()
    {
        using var session = tiny.Open(1);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => session.Answer(tiny.Ask("water", 1), Eight, cancelled.Token));
    }

    [Fact]
    public void Drawing_follows_its_seed()
    {
        using var session = tiny.Open(1);
        int[] Draw(int seed) => [.. session.Answer(
            tiny.Ask("water", 1), new SpexGeneration(16, []) { Sampling = new SpexSampling(2, 0.99f, seed) }).Tokens];

        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Fact]
    public void A_small_share_draws_the_likeliest_token_only()
    {
        using var session = tiny.Open(1);
        var sampled = session.Answer(
            tiny.Ask("water", 1), Eight with { Sampling = new SpexSampling(1, 0, 3) });

        Assert.Equal(session.Answer(tiny.Ask("water", 1), Eight).Tokens, sampled.Tokens);
    }

    [Fact]
    public void A_prompt_that_leaves_no_room_is_refused()
    {
        using var session = tiny.Open(1);

        var fault = Assert.Throws<ArgumentException>(() => session.Answer(tiny.Ask(new string('x', 600), 1), Eight));

        Assert.Contains("leaves no room within 512", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_precision_answers_much_as_single_precision_does()
    {
        using var halves = new TinyPack(Precision.Float16);
        using var narrow = halves.Open(1);
        using var wide = tiny.Open(1);

        var (left, right) = (wide.Answer(tiny.Ask("water", 1), Eight), narrow.Answer(tiny.Ask("water", 1), Eight));

        Assert.Equal(left.Tokens[0], right.Tokens[0]);
        if (left.Tokens.SequenceEqual(right.Tokens))
        {
            AssertClose(left.Mask!, right.Mask!, 0.1f);
        }
    }

    private static void AssertClose(SpexMask expected, SpexMask actual, float tolerance)
    {
        Assert.Equal(expected.Side, actual.Side);
        foreach (var (left, right) in expected.Logits.ToArray().Zip(actual.Logits.ToArray()))
        {
            Assert.InRange(right, left - tolerance, left + tolerance);
        }
    }
}
