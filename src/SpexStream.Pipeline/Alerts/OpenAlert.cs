using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Pipeline.Alerts;

/// <summary>An alert that is open now, for figures and for people.</summary>
/// <param name="Rule">The rule that judged it last.</param>
/// <param name="State">Its rule in its area.</param>
/// <param name="Standing">Where it stands.</param>
public sealed record OpenAlert(AlertRule Rule, AlertState State, AlertStanding Standing)
{
    /// <summary>Those of a book.</summary>
    internal static ImmutableArray<OpenAlert> Of(AlertBook book) =>
    [
        .. from state in book.Open
           let rule = book.Rules.GetValueOrDefault(state.Rule)
           where rule is not null
           select new OpenAlert(rule, state, state.Open!),
    ];
}
