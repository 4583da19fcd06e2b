namespace SpexStream.Inference.Spex.Running;

/// <summary>One answer while it is generated.</summary>
internal sealed class AnswerRow(SpexGeneration generation, int most, TokenChoice choice, int hidden)
{
    private readonly List<int> _tokens = [];
    private readonly List<float> _states = [];

    public IReadOnlyList<int> Tokens => _tokens;

    public int Last => _tokens[^1];

    public AnswerEnd? Ended { get; private set; }

    /// <summary>[tokens - 1, hidden] so far.</summary>
    public float[] States => [.. _states];

    /// <summary>Takes the logits behind the prompt, or behind the last token.</summary>
    public void Add(ReadOnlySpan<float> logits)
    {
        _tokens.Add(choice.Next(logits));
        if (generation.EndTokens.Contains(Last))
        {
            Ended = AnswerEnd.EndToken;
        }
        else if (_tokens.Count >= most)
        {
            Ended = AnswerEnd.Limit;
        }
    }

    /// <summary>Takes the state at the last token; the one behind the prompt is not one of them.</summary>
    public void AddState(ReadOnlySpan<float> state)
    {
        System.Diagnostics.Debug.Assert(state.Length == hidden, "a state is as wide as the model");
        _states.AddRange(state);
    }
}
