namespace SpexStream.Domain.Journal;

/// <summary>A strip of a scene with the content that it had.</summary>
/// <param name="Index">0-based, along track.</param>
/// <param name="Revision">1 for the first content accepted at the index, one more for each other content after
/// it.</param>
public readonly record struct StripKey(int Index, int Revision);
