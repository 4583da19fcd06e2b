using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Book;

/// <summary>An area that a rule watches in vain.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Area">The area.</param>
/// <param name="Passes">So many passes in a row did not see enough of it.</param>
/// <param name="MostSeen">The most of it that one of them saw, 0..1.</param>
/// <param name="MostOnScene">The most of it that lay on the scene of one of them, 0..1.</param>
public sealed record UnseenArea(AlertRule Rule, AreaId Area, int Passes, double MostSeen, double MostOnScene);
