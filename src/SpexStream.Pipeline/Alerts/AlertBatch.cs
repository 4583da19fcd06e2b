using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;

namespace SpexStream.Pipeline.Alerts;

/// <summary>What is written as one.</summary>
/// <param name="Facts">Facts in order; may be empty.</param>
/// <param name="Messages">Messages that tell of them.</param>
/// <param name="Changes">The changes of alerts among the facts.</param>
internal sealed record AlertBatch(
    ImmutableArray<SceneFact> Facts, ImmutableArray<OutgoingMessage> Messages,
    ImmutableArray<(AlertRule Rule, AlertFact.AlertChanged Change)> Changes);
