namespace SpexStream.Domain.Backends;

/// <summary>An instruction cannot be asked of a model; the message says why, and stands in a sentence.</summary>
/// <param name="reason">Why, beginning with "it".</param>
public sealed class InstructionException(string reason) : ArgumentException(reason);
