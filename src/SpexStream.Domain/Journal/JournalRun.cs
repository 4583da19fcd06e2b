using System.Collections.Immutable;

namespace SpexStream.Domain.Journal;

/// <summary>One life of a process that writes the journal.</summary>
/// <param name="Number">Higher than that of every run before.</param>
/// <param name="StartedAt">When it opened the journal.</param>
/// <param name="Crashed">Earlier runs that are over and did not say so: killed, or the power went.</param>
public sealed record JournalRun(long Number, DateTimeOffset StartedAt, ImmutableSortedSet<long> Crashed);
