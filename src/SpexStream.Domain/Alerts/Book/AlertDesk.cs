using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;

namespace SpexStream.Domain.Alerts.Book;

/// <summary>From what happens to scenes, rules and time to what is to be judged. Pure.</summary>
public static class AlertDesk
{
    /// <summary>What a product asks for: every rule that judges in every area that was measured for it. Whoever asks
    /// may have read others; numbers of one area must not be judged by two rules in turns.</summary>
    /// <param name="book">Where all stands.</param>
    /// <param name="scene">The scene.</param>
    /// <param name="parts">What was measured of the revision that stands.</param>
    /// <param name="traceParent">Trace of the scene; null where it is not known.</param>
    public static ImmutableArray<AlertWork> Observed(
        AlertBook book, SceneId scene, IEnumerable<SceneFact.AreasMeasured> parts, string? traceParent) =>
    [
        .. from part in parts
           from reading in part.Areas
           from rule in book.Rules.Values
           where reading.IsFor(rule)
           select new AlertWork(
               rule, reading.Area,
               new AlertInput.Observed(new(
                   scene, part.Revision, part.SensedAt, part.Backend, reading.Measured, part.Product)
               {
                   Outline = reading.Outline,
                   Second = reading.Second,
               })
               {
                   TraceParent = traceParent,
               }),
    ];

    /// <summary>What a withdrawal asks for: whatever has a pass of the scene.</summary>
    public static ImmutableArray<AlertWork> Retracted(
        AlertBook book, SceneId scene, int revision, string reason, string? traceParent) =>
    [
        .. from state in book.States
           where state.Of(scene) is not null || Rests(state.Open, scene) || Rests(state.Ended, scene)
           let rule = book.Rules.GetValueOrDefault(state.Rule)
           where rule is not null
           select new AlertWork(
               rule, state.Area, new AlertInput.Retracted(scene, revision, reason) { TraceParent = traceParent }),
    ];

    /// <summary>What time asks for.</summary>
    public static ImmutableArray<AlertWork> Ticked(AlertBook book, DateTimeOffset now) =>
    [
        .. from state in book.Open
           where AlertLife.NextTick(state) <= now
           let rule = book.Rules.GetValueOrDefault(state.Rule)
           where rule is not null
           select new AlertWork(rule, state.Area, new AlertInput.Tick()),
    ];

    /// <summary>What a start asks for: the open alerts that were told as a test and are meant to be acted on, or the
    /// other way round.</summary>
    public static ImmutableArray<AlertWork> Switched(AlertBook book, bool isActual) =>
    [
        .. from state in book.Open
           where state.Open!.IsActual != isActual
           let rule = book.Rules.GetValueOrDefault(state.Rule)
           where rule is not null
           select new AlertWork(rule, state.Area, new AlertInput.Switched { IsActual = isActual }),
    ];

    /// <summary>What other rules than before ask for: the open alerts that nobody watches any more.</summary>
    public static ImmutableArray<AlertWork> Orphaned(AlertBook book, RuleSet rules)
    {
        var known = rules.Index.Areas.ToDictionary(area => area.Id);
        var next = rules.Rules.ToDictionary(rule => rule.Id);
        return
        [
            .. from state in book.Open
               let before = book.Rules.GetValueOrDefault(state.Rule)
               where before is not null
               let why = !next.TryGetValue(state.Rule, out var after) ? "the rule is gone"
                   : !AlertLife.GoesOnUnder(before, after) ? "the rule watches something else now"
                   : !after.Watches(state.Area) || !known.TryGetValue(state.Area, out var area)
                       ? "the rule does not watch the area any more"
                   : !AreaPass.IsSameGround(state.Passes.LastOrDefault()?.Pass.Outline, area.OutlineDigest())
                       ? "the area was redrawn"
                   : null
               where why is not null
               select new AlertWork(before, state.Area, new AlertInput.RuleGone(why)),
        ];
    }

    /// <summary>The facts that make other rules than before the ones that judge; none when they are the same.</summary>
    public static ImmutableArray<SceneFact> Replaced(AlertBook book, RuleSet rules)
    {
        var next = rules.Rules.Select(rule => rule.Id).ToHashSet();
        return
        [
            .. book.Rules.Keys.Where(id => !next.Contains(id)).Select(id => new SceneFact.RuleDropped(id)),
            .. rules.Rules.Where(rule => book.Rules.GetValueOrDefault(rule.Id)?.Version != rule.Version)
                .Select(rule => new SceneFact.RuleUsed(rule)),
        ];
    }

    private static bool Rests(AlertStanding? alert, SceneId scene) => alert?.Scenes.Contains(scene) ?? false;
}
