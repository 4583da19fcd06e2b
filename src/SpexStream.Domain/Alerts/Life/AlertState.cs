using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>A rule in an area as its facts tell it. Immutable; bounded, however many passes there are.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Area">The area.</param>
public sealed record AlertState(RuleId Rule, AreaId Area)
{
    /// <summary>Most usual passes kept, for baselines.</summary>
    public const int MaxUsual = AlertBaseline.Median.MaxPasses;

    /// <summary>Most other passes kept: those of the alert that is open or ended last.</summary>
    public const int MaxOthers = 64;

    private const int MaxWithdrawn = 64;

    /// <summary>Clear passes, oldest first.</summary>
    public ImmutableArray<KeptPass> Passes { get; init; } = [];

    /// <summary>The alert that is open; null for none.</summary>
    public AlertStanding? Open { get; init; }

    /// <summary>The alert that ended last and may still be cancelled; null for none.</summary>
    public AlertStanding? Ended { get; init; }

    /// <summary>Sensing time of the newest clear pass ever judged, withdrawn or not; null before the first.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Sensing time before which no alert is raised.</summary>
    public DateTimeOffset QuietUntil { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Highest withdrawn revision of scenes, the latest last.</summary>
    public ImmutableArray<(SceneId Scene, int Revision)> Withdrawn { get; init; } = [];

    /// <summary>Sensing time of the newest pass that was dropped because there were too many; null while none was. Of
    /// an alert that began no later not all is known.</summary>
    public DateTimeOffset? DroppedUpTo { get; init; }

    /// <summary>The state after one more fact.</summary>
    public AlertState Apply(AlertFact fact) => fact switch
    {
        AlertFact.PassTaken taken => Take(taken.Pass),
        AlertFact.PassWithdrawn gone => this with
        {
            Passes = Passes.RemoveAll(kept => kept.Pass.Scene == gone.Scene && kept.Pass.Revision <= gone.Revision),
            Withdrawn = Remember(gone),
            // A comparison with what was taken back says nothing any more.
            Open = Open?.Change?.Since is { } since && since.Scene == gone.Scene && since.Revision <= gone.Revision
                ? Open with { Change = null } : Open,
        },
        AlertFact.AlertChanged changed => Change(changed),
        _ => this,
    };

    /// <summary>The pass of a scene; null when none is kept.</summary>
    public KeptPass? Of(SceneId scene) => Passes.FirstOrDefault(kept => kept.Pass.Scene == scene);

    /// <summary>Whether a revision of a scene was withdrawn.</summary>
    public bool IsWithdrawn(SceneId scene, int revision) =>
        Withdrawn.Any(entry => entry.Scene == scene && entry.Revision >= revision);

    private AlertState Take(KeptPass pass)
    {
        var passes = Passes.RemoveAll(kept => kept.Pass.Scene == pass.Pass.Scene);
        var place = passes.Length;
        while (place > 0 && passes[place - 1].Pass.SensedAt > pass.Pass.SensedAt)
        {
            place--;
        }

        passes = passes.Insert(place, pass);
        var others = Trim(passes, kept => !kept.IsUsual, MaxOthers);
        DateTimeOffset? dropped = others.Length < passes.Length
            ? passes.First(kept => !kept.IsUsual).Pass.SensedAt : null;
        return this with
        {
            Passes = Trim(others, kept => kept.IsUsual, MaxUsual),
            DroppedUpTo = dropped is null || DroppedUpTo > dropped ? DroppedUpTo : dropped,
            Newest = Newest is { } newest && newest > pass.Pass.SensedAt ? newest : pass.Pass.SensedAt,
        };
    }

    private static ImmutableArray<KeptPass> Trim(
        ImmutableArray<KeptPass> passes, Predicate<KeptPass> kind, int most)
    {
        var surplus = passes.Count(kept => kind(kept)) - most;
        return surplus <= 0 ? passes : passes.RemoveAll(kept => kind(kept) && surplus-- > 0);
    }

    private ImmutableArray<(SceneId Scene, int Revision)> Remember(AlertFact.PassWithdrawn gone)
    {
        var others = Withdrawn.RemoveAll(entry => entry.Scene == gone.Scene);
        return [.. others.Skip(others.Length - MaxWithdrawn + 1), (gone.Scene, gone.Revision)];
    }

    private AlertState Change(AlertFact.AlertChanged changed) => changed.Transition switch
    {
        AlertTransition.Cancelled => this with { Open = null, Ended = null },
        AlertTransition.Cleared or AlertTransition.Expired => this with
        {
            Open = null,
            // Nobody is told of it again, and outlines are long.
            Ended = changed.Standing with { Change = null },
            QuietUntil = changed.QuietUntil ?? QuietUntil,
        },
        _ => this with { Open = changed.Standing, Ended = null },
    };
}
