using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Book;

/// <summary>Something that is to happen to a rule in an area.</summary>
/// <param name="Rule">The rule that judges.</param>
/// <param name="Area">The area.</param>
/// <param name="Input">What happens.</param>
public sealed record AlertWork(AlertRule Rule, AreaId Area, AlertInput Input);
