namespace SpexStream.Domain.Models;

/// <summary>What follows from something that happened to models.</summary>
/// <param name="Next">Where they stand then.</param>
/// <param name="Effect">What is to be done; null for nothing.</param>
public readonly record struct SuccessionStep(ModelSuccession Next, SuccessionEffect? Effect = null);
