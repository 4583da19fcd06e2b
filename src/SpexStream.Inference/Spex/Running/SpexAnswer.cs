namespace SpexStream.Inference.Spex.Running;

/// <summary>What the model says about one question.</summary>
/// <param name="Tokens">Generated tokens, the one that ended the answer included.</param>
/// <param name="Ended">Why the answer ends where it does.</param>
/// <param name="Mask">The mask; null when there is none.</param>
/// <param name="NoMaskReason">Why there is no mask.</param>
public sealed record SpexAnswer(IReadOnlyList<int> Tokens, AnswerEnd Ended, SpexMask? Mask, string? NoMaskReason)
{
    /// <summary>The states that the mask was drawn from, [generated - 1, hidden].</summary>
    internal float[] States { get; init; } = [];
}
