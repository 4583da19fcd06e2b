namespace SpexStream.Domain.Messages;

/// <summary>One number behind an observation.</summary>
/// <param name="Index">Its name ("MNDWI").</param>
/// <param name="Value">Its value; must be finite.</param>
/// <param name="Threshold">What it is held against; null when it only informs.</param>
/// <param name="Passed">Whether it speaks for the class; null when it only informs.</param>
public sealed record EvidenceItem(string Index, double Value, double? Threshold = null, bool? Passed = null);
