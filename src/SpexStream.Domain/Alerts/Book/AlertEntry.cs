using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Book;

/// <summary>Facts of one rule in one area.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Area">The area.</param>
/// <param name="Facts">Facts in order.</param>
public sealed record AlertEntry(RuleId Rule, AreaId Area, ImmutableArray<AlertFact> Facts);
