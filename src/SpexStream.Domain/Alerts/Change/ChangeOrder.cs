using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Life;

namespace SpexStream.Domain.Alerts.Change;

/// <summary>A comparison that an alert would tell of.</summary>
/// <param name="Place">Place of the work in the list that it was found in.</param>
/// <param name="Work">The work, whose input is a pass; it says that nothing was compared yet.</param>
/// <param name="Change">The same, with what is to be compared.</param>
public sealed record ChangeOrder(int Place, AlertWork Work, ToldChange Change)
{
    /// <summary>
    /// The comparisons that pieces of work ask for: those of passes that change what is said of an alert and that have
    /// a pass before them. For all others, nearly all as a rule, no mask need be read.
    /// </summary>
    /// <param name="book">Where all stands.</param>
    /// <param name="work">What is to be judged.</param>
    /// <param name="now">The clock.</param>
    public static ImmutableArray<ChangeOrder> In(AlertBook book, ImmutableArray<AlertWork> work, DateTimeOffset now) =>
    [
        .. work.Select((piece, place) => Of(book.StateOf(piece.Rule.Id, piece.Area), piece, place, now))
            .OfType<ChangeOrder>(),
    ];

    /// <summary>Whether an area, as a node's file has it, is the ground that was measured. Reads every position of its
    /// outline.</summary>
    /// <param name="area">The area of the order; without polygons where the file lacks it.</param>
    public bool IsOver(AreaOfInterest area) => !area.Polygons.IsEmpty
        && AreaPass.IsSameGround(area.OutlineDigest(), ((AlertInput.Observed)Work.Input).Pass.Outline);

    private static ChangeOrder? Of(AlertState state, AlertWork work, int place, DateTimeOffset now)
    {
        if (work.Input is not AlertInput.Observed { Pass: var pass } observed
            || EarlierPass.Of(state, pass) is not { } since)
        {
            return null;
        }

        var change = new ToldChange(pass.Scene, pass.Revision, since);
        var asked = work with { Input = observed with { Change = change } };
        // Judging is pure and cheap: whether it would be told is what a trial says.
        var isTold = AlertLife.Step(asked.Rule, state, asked.Input, now).Facts.OfType<AlertFact.AlertChanged>()
            .Any(fact => fact.Transition != AlertTransition.Cancelled
                && ReferenceEquals(fact.Standing.Change, change));
        return isTold ? new(place, asked, change) : null;
    }
}
