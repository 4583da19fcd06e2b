using System.Collections.Immutable;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Rows;

/// <summary>Messages as they were read, and those among them that are not what was written.</summary>
internal sealed record OutboxPage(ImmutableArray<OutboxEntry> Entries, ImmutableArray<DamagedMessage> Damaged);

/// <summary>A row of the outbox that cannot be believed.</summary>
internal readonly record struct DamagedMessage(long Key, string Reason);
