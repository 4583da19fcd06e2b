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
    /// <summary>How long, since its last clear pass was sensed, an area that no rule watches any more is remembered: a
    /// file that lacked it by mistake may be mended meanwhile.</summary>
    public static readonly TimeSpan KeptUnwatched = TimeSpan.FromDays(7);

    /// <summary>How long that is where an alert ended: a withdrawal of what it rested on still cancels it. Longer
    /// where the rule's cool-down or the age of its passes is.</summary>
    public static readonly TimeSpan KeptAfterAlert = TimeSpan.FromDays(30);

    // About 1 MiB in the journal.
    private const int AreasPerFact = 8000;

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

    /// <summary>The facts that forget areas which rules do not watch any more, so that areas that come and go do not
    /// add up. What has an open alert stays, and what is remembered for a while yet does, until other rules are read
    /// again.</summary>
    /// <param name="book">Where all stands, with the alerts cancelled that nobody watches.</param>
    /// <param name="rules">The rules that judge from here on.</param>
    /// <param name="now">The clock.</param>
    public static ImmutableArray<SceneFact> Dropped(AlertBook book, RuleSet rules, DateTimeOffset now)
    {
        var known = rules.Index.Areas.Select(area => area.Id).ToHashSet();
        var next = rules.Rules.ToDictionary(rule => rule.Id);
        return
        [
            .. from state in book.States
               where state.Open is null && next.TryGetValue(state.Rule, out var rule)
                   && !(rule.Watches(state.Area) && known.Contains(state.Area))
                   && !(now - state.Newest <= (state.Ended is null ? KeptUnwatched : KeptAfterAlert))
                   && !(now - state.Newest <= rule.MaxAge) && state.QuietUntil <= now
               group state.Area by state.Rule into gone
               from part in gone.OrderBy(area => area.Value, StringComparer.Ordinal).Chunk(AreasPerFact)
               select new SceneFact.AreasDropped(gone.Key, [.. part]),
        ];
    }

    private static bool Rests(AlertStanding? alert, SceneId scene) => alert?.Scenes.Contains(scene) ?? false;
}
