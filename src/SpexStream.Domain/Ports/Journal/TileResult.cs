namespace SpexStream.Domain.Ports.Journal;

/// <summary>What became of offered work.</summary>
/// <param name="Number">The work.</param>
/// <param name="Node">Who did it; null when it was given up.</param>
/// <param name="Result">Descriptor of the answer, at most <see cref="TileOffer.MaxBytes"/>; empty when it was given
/// up.</param>
/// <param name="IsGivenUp">It was claimed too often without an answer: the owner has to decide.</param>
public sealed record TileResult(string Number, string? Node, ReadOnlyMemory<byte> Result, bool IsGivenUp);
