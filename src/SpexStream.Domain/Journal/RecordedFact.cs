namespace SpexStream.Domain.Journal;

/// <summary>A fact as it stands in the journal.</summary>
/// <param name="Sequence">Place among the facts of its scene: 1, 2, 3 without a gap.</param>
/// <param name="Epoch">Epoch of the writer that wrote it.</param>
/// <param name="At">When it was decided, by the clock of the writer.</param>
/// <param name="Fact">What happened.</param>
public sealed record RecordedFact(long Sequence, long Epoch, DateTimeOffset At, SceneFact Fact);
