namespace SpexStream.Inference.Packs;

/// <summary>One class of a model.</summary>
/// <param name="Channel">Its channel in the output, from 0.</param>
/// <param name="Name">Name that the pack gives it.</param>
/// <param name="Target">What it stands for.</param>
/// <param name="Threshold">Probability 0..1 that it must reach: else nothing is said (exclusive classes), or it does
/// not
/// hold (independent ones).</param>
public sealed record PackClass(int Channel, string Name, CoverTarget Target, double Threshold);
