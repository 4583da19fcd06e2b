using System.Collections.Immutable;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>What is written to a scene as one: facts in order, and the messages that tell of them, serialised
/// already.</summary>
/// <param name="At">When this was decided.</param>
/// <param name="Facts">Facts in order; may be empty.</param>
public sealed record SceneAppend(DateTimeOffset At, params ImmutableArray<SceneFact> Facts)
{
    /// <summary>Most bytes that facts and messages of one append may take when serialised.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>
    /// Messages for the outbox, in order. One whose id the scene has used already is left out, also after it was
    /// sent: an id says what the message says, clock fields apart, so the bytes that were said first
    /// stand. A message without an id is always taken.
    /// </summary>
    public ImmutableArray<OutgoingMessage> Messages { get; init; } = [];

    /// <summary>What the answer to the append promises.</summary>
    public Durability Durability { get; init; } = Durability.PowerCut;
}
