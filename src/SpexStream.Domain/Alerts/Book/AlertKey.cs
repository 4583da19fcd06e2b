using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Book;

/// <summary>A rule in an area: what has a life of its own.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Area">The area.</param>
public readonly record struct AlertKey(RuleId Rule, AreaId Area);
