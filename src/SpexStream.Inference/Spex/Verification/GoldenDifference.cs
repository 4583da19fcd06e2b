namespace SpexStream.Inference.Spex.Verification;

/// <summary>How far a computed tensor is from the recorded one.</summary>
/// <param name="Tensor">Name of the recorded tensor; with a remark where it was computed in more than one way.</param>
/// <param name="Largest">Largest absolute difference; NaN when it could not be compared.</param>
/// <param name="Passed">Whether all elements are within the tolerance.</param>
/// <param name="Remark">What was asked of it, or why it could not be compared.</param>
public sealed record GoldenDifference(string Tensor, float Largest, bool Passed, string Remark);
