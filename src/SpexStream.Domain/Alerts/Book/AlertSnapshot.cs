using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Domain.Alerts.Book;

/// <summary>An <see cref="AlertState"/> as it is kept when a stream is begun anew.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Area">The area.</param>
public sealed record AlertSnapshot(RuleId Rule, AreaId Area)
{
    /// <summary>Clear passes, oldest first.</summary>
    public required ImmutableArray<KeptPass> Passes { get; init; }

    /// <summary>The alert that is open; null for none.</summary>
    public required AlertStanding? Open { get; init; }

    /// <summary>The alert that ended last and may still be cancelled; null for none.</summary>
    public required AlertStanding? Ended { get; init; }

    /// <summary>Sensing time of the newest pass ever judged; null before the first.</summary>
    public required DateTimeOffset? Newest { get; init; }

    /// <summary>Sensing time before which no alert is raised.</summary>
    public required DateTimeOffset QuietUntil { get; init; }

    /// <summary>What was withdrawn, the latest last.</summary>
    public required ImmutableArray<WithdrawnPass> Withdrawn { get; init; }

    /// <summary>Sensing time of the newest pass that was dropped for want of room; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DroppedUpTo { get; init; }

    /// <summary>The snapshot of a state.</summary>
    public static AlertSnapshot Of(AlertState state) => new(state.Rule, state.Area)
    {
        Passes = state.Passes,
        Open = state.Open,
        Ended = state.Ended,
        Newest = state.Newest,
        QuietUntil = state.QuietUntil,
        Withdrawn = [.. state.Withdrawn.Select(entry => new WithdrawnPass(entry.Scene, entry.Revision))],
        DroppedUpTo = state.DroppedUpTo,
    };

    /// <summary>The state it was taken of.</summary>
    public AlertState Restore() => new(Rule, Area)
    {
        Passes = Passes,
        Open = Open,
        Ended = Ended,
        Newest = Newest,
        QuietUntil = QuietUntil,
        Withdrawn = [.. Withdrawn.Select(entry => (entry.Scene, entry.Revision))],
        DroppedUpTo = DroppedUpTo,
    };
}
